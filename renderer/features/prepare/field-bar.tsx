/** What the chosen field is, asks and holds; and what can be done with it, or with several. */
import { Button, Checkbox, Field, Input, Label, Select } from '@digdir/designsystemet-react';
import {
  AlignBottomIcon,
  AlignLeftIcon,
  AlignRightIcon,
  AlignTopIcon,
  ChevronDownIcon,
  FilesIcon,
  RulersIcon,
  TabsAddIcon,
  TrashIcon,
} from '@navikt/aksel-icons';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldKinds, kindOf, lengthLimit, longestText, ticked } from '../../../shared/job/field.ts';
import type { FieldSpec } from '../../../shared/job/job.ts';
import { CopyDialog } from './copy-dialog.tsx';
import { alignFields, pasteField, removeField } from './fields.ts';
import { alignments, leastOf, onPage, pageSize } from './geometry.ts';
import type { Alignment } from './geometry.ts';
import { usePrepare } from './store.ts';

const alignIcons: Readonly<Record<Alignment, ReactNode>> = {
  left: <AlignLeftIcon aria-hidden="true" />,
  right: <AlignRightIcon aria-hidden="true" />,
  top: <AlignTopIcon aria-hidden="true" />,
  bottom: <AlignBottomIcon aria-hidden="true" />,
  same: <RulersIcon aria-hidden="true" />,
};

function IconButton(props: { label: string; icon: ReactNode; onPress: () => void }) {
  return (
    <Button
      variant="tertiary"
      icon
      aria-label={props.label}
      title={props.label}
      onClick={props.onPress}
    >
      {props.icon}
    </Button>
  );
}

export function FieldBar() {
  const { t } = useTranslation('fields');
  const spec = usePrepare((state) => state.draft.spec);
  const chosen = usePrepare((state) => state.field);
  const several = usePrepare((state) => state.group.length > 0);
  const [copying, setCopying] = useState(false);
  const field = spec.fields.find((each) => each.id === chosen);
  // Always there, so that the page does not move when a field is taken hold of.
  if (field === undefined)
    return (
      <p className="prep-fieldbar prep-fieldbar-none">
        {t(spec.signers.length === 0 ? 'prepare.nobody' : 'prepare.none')}
      </p>
    );
  const kind = kindOf(field);
  return (
    <section className="prep-fieldbar" aria-label={t('prepare.bar')}>
      {several ? (
        <p className="prep-fieldbar-many">{t('prepare.several')}</p>
      ) : (
        <>
          <What field={field} />
          {(kind === 'text' || kind === 'check') && <Asked key={field.id} field={field} />}
        </>
      )}
      <div className="prep-fieldbar-tools">
        {several ? (
          alignments.map((how) => (
            <IconButton
              key={how}
              label={t(`prepare.align.${how}`)}
              icon={alignIcons[how]}
              onPress={() => {
                alignFields(how);
              }}
            />
          ))
        ) : (
          <>
            <IconButton
              label={t('prepare.duplicate')}
              icon={<TabsAddIcon aria-hidden="true" />}
              onPress={() => {
                pasteField(field);
              }}
            />
            <IconButton
              label={t('prepare.copy')}
              icon={<FilesIcon aria-hidden="true" />}
              onPress={() => {
                setCopying(true);
              }}
            />
          </>
        )}
        <IconButton
          label={t(several ? 'prepare.removeSeveral' : 'prepare.remove')}
          icon={<TrashIcon aria-hidden="true" />}
          onPress={() => {
            removeField(field.id);
          }}
        />
      </div>
      {copying && (
        <CopyDialog
          field={field}
          onClose={() => {
            setCopying(false);
          }}
        />
      )}
    </section>
  );
}

/** Kind and signer. A field of the file keeps its kind. */
function What({ field }: { field: FieldSpec }) {
  const { t } = useTranslation('fields');
  const signers = usePrepare((state) => state.draft.spec.signers);
  const documents = usePrepare((state) => state.documents);
  const { editField, look } = usePrepare.getState();
  const document = documents.find((each) => each.id === field.document);
  return (
    <>
      <Field data-size="sm">
        <Label>{t('prepare.kind')}</Label>
        <Select
          value={kindOf(field)}
          disabled={field.existing !== undefined}
          onChange={(event) => {
            const kind = fieldKinds.find((each) => each === event.target.value);
            if (kind === undefined || document === undefined) return;
            const { page, ...place } = field.placement;
            const placed = onPage(place, pageSize(document, page), leastOf(kind));
            editField(field.id, { kind, placement: { page, ...placed } });
          }}
        >
          {fieldKinds.map((kind) => (
            <Select.Option key={kind} value={kind}>
              {t(`kind.${kind}`)}
            </Select.Option>
          ))}
        </Select>
      </Field>
      <Field data-size="sm">
        <Label>{t('prepare.whose')}</Label>
        <Select
          value={field.signer}
          onChange={(event) => {
            editField(field.id, { signer: event.target.value });
            look({ signer: event.target.value });
          }}
        >
          {signers.map((signer, index) => (
            <Select.Option key={signer.id} value={signer.id}>
              {`${String(index + 1)} ${signer.name.trim() || signer.title.trim() || t('prepare.unnamed')}`}
            </Select.Option>
          ))}
        </Select>
      </Field>
    </>
  );
}

/** What is asked of the signer, or written for them. */
function Asked({ field }: { field: FieldSpec }) {
  const { t } = useTranslation('fields');
  const { editField } = usePrepare.getState();
  const text = kindOf(field) === 'text';
  const edit = (change: Partial<FieldSpec>, what: string) => {
    editField(field.id, change, `${what} ${field.id}`);
  };
  const [open, setOpen] = useState(false);
  return (
    <>
      <Field data-size="sm" className="prep-fieldbar-wide">
        <Label>{t('prepare.label')}</Label>
        <Input
          value={field.label ?? ''}
          maxLength={120}
          placeholder={t(text ? 'prepare.labelText' : 'prepare.labelCheck')}
          onChange={(event) => {
            edit({ label: event.target.value }, 'label');
          }}
        />
      </Field>
      <Button
        variant="tertiary"
        data-size="sm"
        aria-expanded={open}
        aria-controls="prep-fieldbar-more"
        onClick={() => {
          setOpen(!open);
        }}
      >
        {t('prepare.more')}
        <ChevronDownIcon aria-hidden="true" />
      </Button>
      <div id="prep-fieldbar-more" className="prep-fieldbar-more" hidden={!open}>
        <div className="prep-fieldbar-checks" data-size="sm">
          {!text && (
            <Checkbox
              label={t('prepare.ticked')}
              checked={(field.value ?? '') !== ''}
              onChange={(event) => {
                edit({ value: event.target.checked ? ticked : '' }, 'value');
              }}
            />
          )}
          <Checkbox
            label={t(text ? 'prepare.required' : 'prepare.requiredTick')}
            checked={field.required === true}
            onChange={(event) => {
              edit({ required: event.target.checked }, 'required');
            }}
          />
          <Checkbox
            label={t('prepare.fixed')}
            checked={field.fixed === true}
            onChange={(event) => {
              edit({ fixed: event.target.checked }, 'fixed');
            }}
          />
        </div>
        {text && (
          <>
            <Field data-size="sm" className="prep-fieldbar-wide">
              <Label>{t('prepare.value')}</Label>
              <Input
                value={field.value ?? ''}
                maxLength={lengthLimit(field)}
                onChange={(event) => {
                  edit({ value: event.target.value }, 'value');
                }}
              />
            </Field>
            <Field data-size="sm" className="prep-fieldbar-number">
              <Label>{t('prepare.longest')}</Label>
              <Input
                type="number"
                min={1}
                max={longestText}
                value={field.maxLength ?? ''}
                onChange={(event) => {
                  const longest = Math.floor(event.target.valueAsNumber);
                  const fits = longest >= 1 && longest <= longestText;
                  edit({ maxLength: fits ? longest : longestText }, 'longest');
                }}
              />
            </Field>
          </>
        )}
      </div>
    </>
  );
}
