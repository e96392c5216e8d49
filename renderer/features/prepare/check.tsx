/** The last look: what the job is called and carries, who signs in which order, and whether all is there. */
import { Textfield } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/format.ts';
import { Initials } from '../../ui/initials.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Checklist } from './checklist.tsx';
import { inOrder } from './order.ts';
import { usePlace } from './place.tsx';
import { orderedDocuments, usePrepare } from './store.ts';
import { Dot } from './dot.tsx';
import { RecordsFields } from './records-fields.tsx';
import { DeadlineDays } from './template-mode.tsx';

type TextKey = 'title' | 'nonSensitiveTitle' | 'description' | 'reference';

/** MAP.md 1.2: 80 / 220 / 50 characters at the service, the same here. */
const limits: Readonly<Record<TextKey, number>> = {
  title: 80,
  nonSensitiveTitle: 80,
  description: 220,
  reference: 50,
};

function Text({ of }: { of: TextKey }) {
  const { t } = useTranslation('prepare');
  const value = usePrepare((state) => state.draft.spec[of]);
  const { editSpec, settle } = usePrepare.getState();
  const shared = {
    label: t(`details.${of}`),
    description: t(`details.${of}Help`),
    value,
    // Said when it begins to matter; a count under every empty field is noise.
    ...(value.length > limits[of] * 0.7
      ? { counter: { limit: limits[of], under: t('details.left'), over: t('details.over') } }
      : {}),
    onBlur: settle,
  };
  const change = (event: { target: { value: string } }) => {
    editSpec({ [of]: event.target.value.slice(0, limits[of]) }, of);
  };
  return of === 'description' ? (
    <Textfield {...shared} multiline rows={2} onChange={change} />
  ) : (
    <Textfield {...shared} autoComplete="off" onChange={change} />
  );
}

/** The end of the chosen day, as an instant. */
function endOfDay(date: string): string | null {
  const instant = new Date(`${date}T23:59:59`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

function dayOf(instant: string | null): string {
  if (instant === null) return '';
  const date = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function CheckSheet() {
  const { t } = useTranslation('prepare');
  const deadline = usePrepare((state) => state.draft.spec.deadline);
  const template = usePrepare((state) => state.template);
  const { editSpec } = usePrepare.getState();
  return (
    <main className="prep-stage prep-sheet" aria-label={t('details.heading')}>
      <div className="panel panel-body stack">
        <h2>{t('details.heading')}</h2>
        <Text of="title" />
        <Text of="nonSensitiveTitle" />
        <Text of="description" />
        <div className="prep-pair">
          <Text of="reference" />
          {template ? (
            <DeadlineDays />
          ) : (
            <Textfield
              label={t('details.deadline')}
              description={t('details.deadlineHelp')}
              type="date"
              min={dayOf(new Date().toISOString())}
              value={dayOf(deadline)}
              onChange={(event) => {
                editSpec({
                  deadline: event.target.value === '' ? null : endOfDay(event.target.value),
                });
              }}
            />
          )}
        </div>
      </div>
      <RecordsFields />
    </main>
  );
}

export function CheckPanel({ sealReady }: { sealReady: boolean }) {
  const { t } = useTranslation('prepare');
  const { draft, documents } = usePrepare();
  const { spec } = draft;
  const place = usePlace();
  const signers = inOrder(spec.signers);
  const ordered = orderedDocuments(draft, documents);
  // Order groups may begin at 0 and skip numbers; people count turns from 1.
  const turns = [...new Set(signers.map(({ order }) => order))].sort((a, b) => a - b);
  const concerns = ordered.filter(({ findings }) => findings.hidden.length > 0);
  return (
    <aside className="prep-side" aria-label={t('check.label')}>
      <h2>{t('check.documents', { count: ordered.length })}</h2>
      <ul className="plain stack-tight">
        {ordered.map((document) => (
          <li key={document.id} className="prep-line">
            <strong>{document.title}</strong>
            <span className="small muted">
              {t('pages', { count: document.findings.pageCount })}
            </span>
          </li>
        ))}
      </ul>
      <h2>{t('check.signers')}</h2>
      <ol className="plain stack-tight">
        {signers.map((signer) => (
          <li key={signer.id} className="prep-line prep-line-signer">
            <Dot signers={spec.signers} of={signer.id} />
            <Initials name={signer.name} mark="waiting" />
            <span>
              <strong>{signer.name || t('signer.unnamed')}</strong>
              <span className="small muted">
                {t('check.signer', {
                  group: turns.indexOf(signer.order) + 1,
                  kind: t(`kind.${signer.kind}`),
                  title: signer.title || t(`role.${signer.role}`),
                })}
              </span>
            </span>
          </li>
        ))}
      </ol>
      {spec.deadline !== null && <p>{t('check.deadline', { day: formatDay(spec.deadline) })}</p>}
      {concerns.length > 0 && (
        <Notice tone="brass" title={t('check.hiddenTitle')}>
          <p>{t('check.hidden')}</p>
        </Notice>
      )}
      {place !== 'counter' && (
        <Notice title={t(`check.${place}Title`)}>
          <p>{t(`check.${place}`)}</p>
        </Notice>
      )}
      {place === 'counter' && !sealReady && (
        <Notice tone="brass" title={t('check.noSealTitle')}>
          <p>{t('check.noSeal')}</p>
        </Notice>
      )}
      <Checklist />
      {place === 'counter' && <p className="small muted">{t('check.after')}</p>}
    </aside>
  );
}
