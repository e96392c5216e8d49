/** Says that it is ready, or what is missing, each with a way there. */
import { CheckmarkCircleIcon, ExclamationmarkTriangleIcon } from '@navikt/aksel-icons';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../host/client.ts';
import { formatDate } from '../../i18n/format.ts';
import { missing, missingOfTemplate } from '../../../shared/job/missing.ts';
import { beyondService } from '../../../shared/job/service-limits.ts';
import type { Missing } from '../../../shared/job/missing.ts';
import type { JobDocument, JobSpec } from '../../../shared/job/job.ts';
import { placeForAll } from './fields.ts';
import { useOwnKeys } from './own-keys.ts';
import { usePlace, useSector } from './place.tsx';
import { orderedDocuments, usePrepare } from './store.ts';
import type { Step } from './store.ts';

export function useMissing(): readonly Missing[] {
  const draft = usePrepare((state) => state.draft);
  const documents = usePrepare((state) => state.documents);
  const sector = useSector();
  const template = usePrepare((state) => state.template);
  const shown = { spec: draft.spec, documents: orderedDocuments(draft, documents) };
  if (template) return missingOfTemplate(shown);
  // With the sector more is known than the service alone would say (MAP.md 1.9).
  return [
    ...missing(shown).filter(({ code }) => !code.startsWith('checklist.service-')),
    ...beyondService(shown, sector),
  ];
}

function nameOf(of: string | undefined, spec: JobSpec, documents: readonly JobDocument[]): string {
  if (of === undefined) return '';
  const field = spec.fields.find((each) => each.id === of);
  const signer = spec.signers.find((each) => each.id === (field?.signer ?? of));
  const document = documents.find((each) => each.id === of);
  return signer?.name.trim() || signer?.title.trim() || document?.fileName || '';
}

/** Where what is missing can be mended. */
function wayTo(code: string): Step {
  const texts = [
    'title',
    'access-basis',
    'access-code',
    'service-title',
    'service-public-title',
    'service-description',
  ];
  if (texts.some((text) => code === `checklist.${text}`)) return 'check';
  return /^checklist\.(service-)?(document|bytes|encrypted|pdf)/.test(code)
    ? 'documents'
    : 'signers';
}

/** What a signature will stand on: the seal and whether a timestamp authority is set up. */
function SealLines() {
  const { t } = useTranslation('prepare');
  const settings = useCall('settings.get', {}, (event) => event.type === 'settings.changed').value;
  if (settings === null || settings.seal === null) return null;
  const { certificate } = settings.seal;
  return (
    <>
      <li>
        {t(certificate.trial ? 'checklist.trialSeal' : 'checklist.seal', {
          date: formatDate(certificate.notAfter),
        })}
      </li>
      <li>
        {t(settings.timestamps.length > 0 ? 'checklist.timestamps' : 'checklist.noTimestamps')}
      </li>
    </>
  );
}

/** A hint and no block: a key file works where no card can be read, and settings may change before then. */
function OwnKeyLine() {
  const { t } = useTranslation('prepare');
  const ownKeys = useOwnKeys();
  const wanted = usePrepare((state) =>
    state.draft.spec.signers.some(({ kind }) => kind === 'advanced'),
  );
  if (!wanted || ownKeys === 'both' || ownKeys === 'cards') return null;
  return <p className="prep-hint">{t(`ownKeys.${ownKeys}`)}</p>;
}

export function Checklist() {
  const { t, i18n } = useTranslation('prepare');
  const template = usePrepare((state) => state.template);
  const found = useMissing();
  const here = usePlace() === 'counter';
  const draft = usePrepare((state) => state.draft);
  const documents = usePrepare((state) => state.documents);
  const { go, look, show } = usePrepare.getState();
  const follow = ({ code, of }: Missing) => {
    go(wayTo(code));
    if (code === 'checklist.signer-field' && of !== undefined) {
      // The one thing that can be done for the clerk at once; it can be moved or undone.
      placeForAll(of);
      look({ signer: of });
      return;
    }
    const field = draft.spec.fields.find((each) => each.id === of);
    if (field !== undefined) {
      show(field.document, field.placement.page);
      look({ field: field.id, signer: field.signer });
    } else if (of !== undefined && draft.spec.signers.some((each) => each.id === of)) {
      look({ signer: of });
    }
  };
  const words = ({ code, of }: Missing) => {
    if (code === 'checklist.role') {
      const number = draft.spec.signers.findIndex((each) => each.id === of) + 1;
      return t('templates:prepare.role', { number });
    }
    const name = nameOf(of, draft.spec, documents) || t('signer.unnamed');
    const known = (['prepare', 'follow'] as const).find((ns) => i18n.exists(code, { ns }));
    return known === undefined ? t('checklist.other', { code }) : t(`${known}:${code}`, { name });
  };
  return (
    <section
      className="prep-checklist"
      data-ready={found.length === 0}
      aria-label={t('checklist.label')}
    >
      {found.length === 0 ? (
        <>
          <h3>
            <CheckmarkCircleIcon aria-hidden="true" />
            {template ? t('templates:prepare.ready') : t('checklist.ready')}
          </h3>
          <ul>
            {here && <li>{t('checklist.readyFields', { count: draft.spec.signers.length })}</li>}
            <li>{t('checklist.readyDocuments', { count: documents.length })}</li>
            {here ? <SealLines /> : <li>{t('checklist.readyThere')}</li>}
          </ul>
        </>
      ) : (
        <>
          <h3>
            <ExclamationmarkTriangleIcon aria-hidden="true" />
            {t('checklist.missing', { count: found.length })}
          </h3>
          <ul>
            {found.map((each) => (
              <li key={`${each.code} ${each.of ?? ''}`}>
                <button
                  type="button"
                  className="prep-link"
                  onClick={() => {
                    follow(each);
                  }}
                >
                  {words(each)}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {here && <OwnKeyLine />}
    </section>
  );
}
