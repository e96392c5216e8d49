/** What the record beside the document proves, in three facts. */
import { CheckmarkCircleIcon, QuestionmarkIcon, XMarkOctagonIcon } from '@navikt/aksel-icons';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useVerify } from '../features/verify/store.ts';
import { useDropped } from './dropped.ts';
import { checkEvidence } from './evidence.ts';

function Mark({ good }: { good: boolean | null }) {
  if (good === null) return <QuestionmarkIcon aria-hidden="true" />;
  return good ? (
    <CheckmarkCircleIcon aria-hidden="true" />
  ) : (
    <XMarkOctagonIcon aria-hidden="true" />
  );
}

export function EvidencePanel() {
  const { t } = useTranslation('kontroller');
  const { evidence, document } = useDropped();
  const checking = useVerify((state) => state.checking);
  const report = checking.state === 'report' ? checking.report : null;
  const facts = useMemo(
    () =>
      evidence === null
        ? null
        : checkEvidence(
            evidence,
            report === null || document === null ? null : { sha256: document, report },
          ),
    [evidence, document, report],
  );
  if (facts === null) return null;
  const lines = (['log', 'document', 'bound'] as const).map((fact) => ({
    fact,
    good: facts[fact],
    says: facts[fact] === null ? 'unknown' : facts[fact] ? 'good' : 'bad',
  }));
  return (
    <section className="kontroller-trust" aria-labelledby="kontroller-evidence">
      <h2 id="kontroller-evidence">{t('evidence.title')}</h2>
      <ul className="kontroller-facts">
        {lines.map(({ fact, good, says }) => (
          <li key={fact} data-says={says}>
            <Mark good={good} />
            <span>{t(`evidence.${fact}.${says}`, { count: facts.events })}</span>
          </li>
        ))}
      </ul>
      <p className="muted small">{t('evidence.more')}</p>
    </section>
  );
}
