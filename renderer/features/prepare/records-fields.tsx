/** What the records system is told of the job (Noark: case, journal entry, access code with its basis). */
import { Textfield } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import { isRestricted } from '../../../shared/job/records.ts';
import { usePrepare } from './store.ts';

/** The most that the contract takes. */
const limits = {
  caseNumber: 50,
  journalEntry: 50,
  documentType: 80,
  recordsUnit: 80,
  accessCode: 20,
  accessBasis: 200,
  shieldedTitle: 80,
} as const;
type RecordsKey = keyof typeof limits;

/** Words that the whole of prepare shares. */
const labels = {
  caseNumber: ['prepare:details.caseNumber', 'prepare:details.caseNumberHelp'],
  documentType: ['prepare:details.documentType', 'prepare:details.documentTypeHelp'],
  journalEntry: ['records.journalEntry', 'records.journalEntryHelp'],
  recordsUnit: ['records.recordsUnit', 'records.recordsUnitHelp'],
  accessCode: ['records.accessCode', 'records.accessCodeHelp'],
  accessBasis: ['records.accessBasis', 'records.accessBasisHelp'],
  shieldedTitle: ['records.shieldedTitle', 'records.shieldedTitleHelp'],
} as const satisfies Readonly<Record<RecordsKey, readonly [string, string]>>;

function RecordsText({ of, wanting = false }: { of: RecordsKey; wanting?: boolean }) {
  const { t } = useTranslation('follow');
  const value = usePrepare((state) => state.draft.spec[of]) ?? '';
  const { editSpec, settle } = usePrepare.getState();
  return (
    <Textfield
      label={t(labels[of][0])}
      description={t(labels[of][1])}
      autoComplete="off"
      maxLength={limits[of]}
      value={value}
      error={wanting && t(`records.${of}Missing`)}
      onBlur={settle}
      onChange={(event) => {
        editSpec({ [of]: event.target.value.slice(0, limits[of]) }, of);
      }}
    />
  );
}

export function RecordsFields() {
  const { t } = useTranslation('follow');
  const spec = usePrepare((state) => state.draft.spec);
  const has = (text: string | undefined) => (text ?? '').trim() !== '';
  const restricted = isRestricted(spec);
  const told = has(spec.accessBasis) || has(spec.shieldedTitle);
  return (
    <section className="panel panel-body stack prep-records" aria-labelledby="records-title">
      <div>
        <h2 id="records-title">{t('records.title')}</h2>
        <p className="muted">{t('records.text')}</p>
      </div>
      <div className="prep-pair">
        <RecordsText of="caseNumber" />
        <RecordsText of="journalEntry" />
      </div>
      <div className="prep-pair">
        <RecordsText of="documentType" />
        <RecordsText of="recordsUnit" />
      </div>
      <div className="prep-pair">
        <RecordsText of="accessCode" wanting={!restricted && told} />
        <RecordsText of="accessBasis" wanting={restricted && !has(spec.accessBasis)} />
      </div>
      <RecordsText of="shieldedTitle" />
    </section>
  );
}
