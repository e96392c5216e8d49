import {
  CheckmarkCircleIcon,
  ExclamationmarkTriangleIcon,
  InformationSquareIcon,
} from '@navikt/aksel-icons';
import { useTranslation } from 'react-i18next';
import type { JobDocument } from '../../../shared/job/job.ts';
import { anomalyWords } from '../../i18n/finding-words.ts';
import { findingsOf } from './findings.ts';
import type { Finding } from './findings.ts';

function Sign({ tone }: { tone: Finding['tone'] }) {
  switch (tone) {
    case 'green':
      return <CheckmarkCircleIcon aria-hidden="true" />;
    case 'brass':
      return <ExclamationmarkTriangleIcon aria-hidden="true" />;
    case 'neutral':
      return <InformationSquareIcon aria-hidden="true" />;
  }
}

/** What was found, in plain words; codes one click deeper. */
export function FindingsList({ document }: { document: JobDocument }) {
  const { t, i18n } = useTranslation('prepare');
  const words = (finding: Finding) => {
    const known =
      i18n.exists(`finding.${finding.key}`, { ns: 'prepare' }) ||
      i18n.exists(`finding.${finding.key}_other`, { ns: 'prepare' });
    const key = known
      ? finding.key
      : finding.key.startsWith('hidden.')
        ? 'hidden.other'
        : 'anomalies';
    return t(`finding.${key}`, {
      count: finding.count ?? 1,
      what: finding.what ?? '',
      pages: finding.pages ?? '',
    });
  };
  return (
    <ul className="plain prep-findings" aria-label={t('finding.label')}>
      {findingsOf(document).map((finding) => (
        <li key={`${finding.key} ${finding.what ?? ''}`} data-tone={finding.tone}>
          <Sign tone={finding.tone} />
          <div>
            {words(finding)}
            {finding.codes !== undefined && (
              <details>
                <summary>{t('finding.more')}</summary>
                <ul>
                  {finding.codes.map((code) => (
                    <li key={code}>
                      {finding.key === 'anomalies' && anomalyWords({ code })} <code>{code}</code>
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
