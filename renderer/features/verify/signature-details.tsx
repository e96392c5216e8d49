/** Each signature by itself: four verdicts in words, then codes and certificate. */
import { Details } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { SignatureReport, VerificationReport } from '../../../shared/report.ts';
import { formatBytes, formatDate, formatDateTime } from '../../i18n/format.ts';
import { Pill } from '../../ui/pill.tsx';
import { historyOf } from './history.ts';
import { personOf, reasonOf, shortName, timeOf } from './verdict.ts';

const tones = { 'TOTAL-PASSED': 'green', INDETERMINATE: 'brass', 'TOTAL-FAILED': 'red' } as const;

function Codes({ signature }: { signature: SignatureReport }) {
  const { t } = useTranslation('verify');
  const { certificate, claim } = signature;
  const rows: (readonly [string, string])[] = [
    ['indication', [signature.indication, signature.subIndication].filter(Boolean).join(' / ')],
    ['level', signature.level],
    ['field', signature.field],
    ['algorithm', `${signature.signatureAlgorithm} · ${signature.digestAlgorithm}`],
    [
      'covers',
      t('tech.bytes', { bytes: formatBytes(signature.signedLength), revision: signature.revision }),
    ],
    ...(claim === null ? [] : [['evidence', claim.evidenceHash] as const]),
    ...(certificate === null
      ? []
      : ([
          ['subject', certificate.subject],
          ['issuer', certificate.issuer],
          ['serial', certificate.serial],
          [
            'validity',
            `${formatDate(certificate.notBefore)} – ${formatDate(certificate.notAfter)}`,
          ],
          ['fingerprint', certificate.fingerprint],
        ] as const)),
  ];
  return (
    <Details>
      <Details.Summary>{t('tech.summary')}</Details.Summary>
      <Details.Content>
        <dl className="facts verify-codes">
          {rows.map(([key, value]) => (
            <div key={key}>
              <dt>{t(`tech.${key}`)}</dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ))}
        </dl>
        {signature.changeList.length > 0 && (
          <>
            <h4>{t('tech.changes')}</h4>
            {/* The core's own words, in its own language. */}
            <ul lang="en">
              {signature.changeList.map((change) => (
                <li key={change}>{change}</li>
              ))}
            </ul>
          </>
        )}
        <p className="small muted" lang="en">
          {signature.sentence}
        </p>
      </Details.Content>
    </Details>
  );
}

function One({ signature }: { signature: SignatureReport }) {
  const { t } = useTranslation('verify');
  const time = timeOf(signature);
  const passed = signature.indication === 'TOTAL-PASSED';
  return (
    <li className="panel panel-body verify-one">
      <div className="row row-between">
        <h3>{t(`history.${signature.kind}`, { name: personOf(signature) })}</h3>
        <span className="row">
          {signature.certificate?.trial === true && <Pill tone="trial">{t('trial.mark')}</Pill>}
          <Pill tone={tones[signature.indication]}>{t(`verdict.${signature.indication}`)}</Pill>
        </span>
      </div>
      <ul className="verify-lines">
        <li>
          {signature.claim === null
            ? t(`kind.${signature.kind}`, { name: shortName(signature.signer) })
            : t(`claim.${signature.claim.kind}`, {
                name: signature.claim.person,
                seal: shortName(signature.signer),
              })}
        </li>
        <li>
          {signature.subIndication === 'HASH_FAILURE'
            ? t('intact.hash')
            : signature.intact
              ? t(`changes.${signature.changes}`)
              : t('intact.unknown')}
        </li>
        <li>
          {signature.trusted ? t(`revocation.${signature.revocation}`) : t('trusted.noneMore')}
        </li>
        <li>
          {time === null
            ? t('when.unknown')
            : t(time.proven ? 'when.proven' : 'when.claimed', { at: formatDateTime(time.at) })}
        </li>
        {!passed && (
          <li>
            <strong>{t(`why.${reasonOf(signature)}.next`)}</strong>
          </li>
        )}
      </ul>
      <Codes signature={signature} />
    </li>
  );
}

export function SignatureDetails({ report }: { report: VerificationReport }) {
  const { t } = useTranslation('verify');
  return (
    <section className="stack" aria-label={t('signatures')}>
      <h2>{t('signatures')}</h2>
      <ol className="plain stack">
        {historyOf(report).map(({ signature }) => (
          <One key={`${signature.field} ${String(signature.signedLength)}`} signature={signature} />
        ))}
      </ol>
      {report.anomalies.length > 0 && (
        <Details>
          <Details.Summary>
            {t('tech.anomalies', { count: report.anomalies.length })}
          </Details.Summary>
          <Details.Content>
            <ul lang="en">
              {report.anomalies.map((anomaly) => (
                <li key={anomaly}>{anomaly}</li>
              ))}
            </ul>
          </Details.Content>
        </Details>
      )}
    </section>
  );
}
