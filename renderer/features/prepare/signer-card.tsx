import { Button, Checkbox } from '@digdir/designsystemet-react';
import {
  ArrowDownIcon,
  ArrowUpIcon,
  DragVerticalIcon,
  PencilIcon,
  TrashIcon,
} from '@navikt/aksel-icons';
import { useTranslation } from 'react-i18next';
import type { SignerSpec } from '../../../shared/job/job.ts';
import { Pill } from '../../ui/pill.tsx';
import { isTogether, setTogether, without } from './order.ts';
import { colourOf } from './signer-colour.ts';
import { SignerForm } from './signer-form.tsx';
import { usePrepare } from './store.ts';
import { Dot } from './dot.tsx';

interface Props {
  readonly signer: SignerSpec;
  readonly signers: readonly SignerSpec[];
  readonly index: number;
  readonly open: boolean;
  readonly chosen: boolean;
  readonly dragging: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onMove: (to: number) => void;
  readonly onDragStart: () => void;
  readonly onDragOver: () => void;
  readonly onDragEnd: () => void;
}

/** One signer: colour and number, who and how, moved by dragging or by buttons. */
export function SignerCard(props: Props) {
  const { signer, signers, index, open, chosen } = props;
  const { t } = useTranslation('prepare');
  const fields = usePrepare((state) => state.draft.spec.fields);
  const all = usePrepare((state) => state.draft.spec.signers);
  const { look, editSpec } = usePrepare.getState();
  const count = fields.filter((field) => field.signer === signer.id).length;
  const shown = signer.name.trim() === '' ? t('signer.unnamed') : signer.name;
  const tool = (label: string, icon: React.ReactNode, disabled: boolean, act: () => void) => (
    <Button
      variant="tertiary"
      icon
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={act}
    >
      {icon}
    </Button>
  );
  return (
    <li
      className="prep-card prep-signer"
      data-signer={signer.id}
      data-colour={colourOf(all, signer.id)}
      data-chosen={chosen}
      data-dragging={props.dragging}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('text/x-signer')) return;
        event.preventDefault();
        props.onDragOver();
      }}
      onDrop={(event) => {
        event.preventDefault();
      }}
    >
      <div className="prep-card-head">
        <span
          className="prep-drag"
          draggable
          aria-hidden="true"
          title={t('signer.drag')}
          onDragStart={(event) => {
            event.dataTransfer.setData('text/x-signer', signer.id);
            event.dataTransfer.effectAllowed = 'move';
            props.onDragStart();
          }}
          onDragEnd={props.onDragEnd}
        >
          <DragVerticalIcon />
        </span>
        <button
          type="button"
          className="prep-signer-name"
          aria-pressed={chosen}
          onClick={() => {
            look({ signer: signer.id });
          }}
        >
          <Dot signers={all} of={signer.id} />
          <span>
            <strong>{shown}</strong>
            <span className="small muted">
              {[
                signer.title.trim() === '' ? t(`role.${signer.role}`) : signer.title,
                t('signer.fields', { count }),
              ].join(' · ')}
            </span>
          </span>
        </button>
        <Pill tone={signer.kind === 'simple' ? 'brass' : 'green'}>{t(`kind.${signer.kind}`)}</Pill>
      </div>
      <div className="prep-card-tools prep-card-row prep-signer-row">
        {index > 0 && (
          <Checkbox
            label={t('signer.together')}
            checked={isTogether(signers, index)}
            onChange={(event) => {
              editSpec({ signers: setTogether(signers, index, event.target.checked) });
            }}
          />
        )}
        <span className="grow" />
        {tool(
          t('signer.up', { name: shown }),
          <ArrowUpIcon aria-hidden="true" />,
          index === 0,
          () => {
            props.onMove(index - 1);
          },
        )}
        {tool(
          t('signer.down', { name: shown }),
          <ArrowDownIcon aria-hidden="true" />,
          index === signers.length - 1,
          () => {
            props.onMove(index + 1);
          },
        )}
        {tool(t('signer.remove', { name: shown }), <TrashIcon aria-hidden="true" />, false, () => {
          editSpec({
            signers: without(signers, signer.id),
            fields: fields.filter((field) => field.signer !== signer.id),
          });
          if (chosen) look({ signer: signers.find((each) => each.id !== signer.id)?.id ?? null });
        })}
        <Button
          variant="tertiary"
          icon
          aria-expanded={open}
          aria-label={t(open ? 'signer.close' : 'signer.edit', { name: shown })}
          onClick={() => {
            look({ signer: signer.id });
            props.onOpen(!open);
          }}
        >
          <PencilIcon aria-hidden="true" />
        </Button>
      </div>
      {open && <SignerForm signer={signer} />}
    </li>
  );
}
