/** The signers in the order they sign, their fields, and what is still missing. */
import { Button, Field, Label, Select } from '@digdir/designsystemet-react';
import { PlusIcon } from '@navikt/aksel-icons';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { maxSigners } from '../../../shared/job/missing.ts';
import type { JobSpec, SignerSpec } from '../../../shared/job/job.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { AddGroup } from './add-group.tsx';
import { Checklist } from './checklist.tsx';
import { lacksSignature, placeForAll } from './fields.ts';
import { inOrder, lastGroup, moved } from './order.ts';
import { Palette } from './palette.tsx';
import { movedTo, Place, usePlace, useSector } from './place.tsx';
import { SignerCard } from './signer-card.tsx';
import { usePrepare } from './store.ts';

const rules: readonly JobSpec['identifierInDocument'][] = [
  'NAME',
  'BIRTH_DATE_AND_NAME',
  'NATIONAL_ID_AND_NAME',
];

function newSigner(signers: readonly SignerSpec[]): SignerSpec {
  const last = Math.max(0, ...signers.map((signer) => signer.order));
  return {
    id: crypto.randomUUID(),
    name: '',
    title: '',
    order: Math.min(lastGroup, last + 1),
    kind: 'simple',
    role: 'signer',
    onBehalfOf: 'SELF',
    language: currentLanguage(),
  };
}

export function SignersPanel() {
  const { t } = useTranslation('prepare');
  const spec = usePrepare((state) => state.draft.spec);
  const chosen = usePrepare((state) => state.signer);
  const { look, editSpec } = usePrepare.getState();
  const [open, setOpen] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [dragged, setDragged] = useState<string | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const signers = inOrder(spec.signers);
  const place = usePlace();
  const here = place === 'counter';
  const sector = useSector();
  const lacking = signers.some((signer) => lacksSignature(signer.id, spec.fields));

  function add() {
    const signer = newSigner(spec.signers);
    const all = [...signers, signer];
    editSpec({ signers: movedTo(place, { ...spec, signers: all }, sector).signers ?? all });
    look({ signer: signer.id });
    setOpen(signer.id);
    requestAnimationFrame(() => {
      list.current?.querySelector<HTMLInputElement>(`[data-signer="${signer.id}"] input`)?.focus();
    });
  }
  function move(id: string, to: number) {
    editSpec({ signers: moved(signers, id, to) });
    setSaid(t('signers.movedTo', { number: Math.min(signers.length, Math.max(0, to) + 1) }));
  }
  return (
    <aside className="prep-side" aria-label={t('signers.label')}>
      <Place />
      <h2>{t('signers.heading')}</h2>
      <ol ref={list} className="plain stack-tight">
        {signers.map((signer, index) => (
          <SignerCard
            key={signer.id}
            signer={signer}
            signers={signers}
            index={index}
            open={open === signer.id}
            chosen={chosen === signer.id}
            dragging={dragged === signer.id}
            onOpen={(on) => {
              setOpen(on ? signer.id : null);
            }}
            onMove={(to) => {
              move(signer.id, to);
            }}
            onDragStart={() => {
              setDragged(signer.id);
            }}
            onDragOver={() => {
              if (dragged !== null && dragged !== signer.id) move(dragged, index);
            }}
            onDragEnd={() => {
              setDragged(null);
            }}
          />
        ))}
      </ol>
      <Button
        variant="tertiary"
        className="wide"
        disabled={signers.length >= maxSigners}
        onClick={add}
      >
        <PlusIcon aria-hidden="true" />
        {t('signers.add')}
      </Button>
      <AddGroup onAdded={setSaid} />
      <span className="ds-sr-only" role="status">
        {said}
      </span>
      {signers.length > 0 && (
        <>
          <hr className="prep-rule" />
          {here && (
            <>
              <h3>{t('palette.heading')}</h3>
              <Palette signers={signers} />
            </>
          )}
          {here && lacking && (
            <Button
              variant="secondary"
              className="wide"
              onClick={() => {
                setSaid(t('palette.placed', { count: placeForAll() }));
              }}
            >
              {t('palette.all')}
            </Button>
          )}
          {here && <hr className="prep-rule" />}
          <Field>
            <Label>{t('identifier.label')}</Label>
            <Select
              value={spec.identifierInDocument}
              onChange={(event) => {
                const rule = rules.find((each) => each === event.target.value);
                if (rule !== undefined) editSpec({ identifierInDocument: rule });
              }}
            >
              {rules.map((rule) => (
                <Select.Option key={rule} value={rule}>
                  {t(`identifier.${rule}`)}
                </Select.Option>
              ))}
            </Select>
          </Field>
        </>
      )}
      <Checklist />
    </aside>
  );
}
