/** Each signature by itself: four verdicts in words, then codes and certificate. */
import { Details } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ChangeFact,
  Qualification,
  SignatureReport,
  VerificationReport,
} from '../../../shared/report.ts';
import { anomalyWords, changeWords } from '../../i18n/finding-words.ts';
import { formatBytes, formatDate, formatDateTime } from '../../i18n/format.ts';
import { Pill } from '../../ui/pill.tsx';
import { historyOf } from './history.ts';
import { personOf, reasonOf, revocationProblemOf, shortName, timeOf } from './verdict.ts';

const levelTones = { allowed: 'green', visible: 'brass', forbidden: 'red' } as const;
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
      </Details.Content>
    </Details>
  );
}

/** More than these stand behind a click: the gravest come first. */
const few = 5;

function Changes({ facts }: { facts: readonly ChangeFact[] }) {
  const { t } = useTranslation('verify');
  const [all, setAll] = useState(false);
  const sentences = [...new Map(facts.map((fact) => [changeWords(fact), fact.level] as const))];
  if (sentences.length === 0) return null;
  return (
    <section className="verify-changes">
      <h4>{t('tech.changes')}</h4>
      <ul className="plain">
        {sentences.slice(0, all ? undefined : few).map(([sentence, level]) => (
          <li key={sentence}>
            <Pill tone={levelTones[level]}>{t(`changeLevel.${level}`)}</Pill>
            <span>{sentence}</span>
          </li>
        ))}
      </ul>
      {sentences.length > few && (
        <button
          type="button"
          className="link-button"
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? t('tech.fewer') : t('tech.all', { count: sentences.length })}
        </button>
      )}
    </section>
  );
}

/** What is known of the certificate, and why no more is known than that. */
function Revocation({ signature }: { signature: SignatureReport }) {
  const { t } = useTranslation('verify');
  const { trusted, revocation, revokedAt, revocationAsOf } = signature;
  if (revocation === 'good' && revokedAt !== undefined)
    return t('revocation.later', { at: formatDateTime(revokedAt) });
  if (revocation === 'good' && revocationAsOf !== undefined)
    return t('revocation.as-of', { at: formatDateTime(revocationAsOf) });
  if (revocation === 'revoked') return t('revocation.revoked');
  if (!trusted) return t('trusted.noneMore');
  const problem = revocationProblemOf(signature);
  const why = problem === null ? '' : `. ${t(`revocationProblem.${problem}`)}`;
  return `${t(`revocation.${revocation}`)}${why}`;
}

/** What the trusted lists say, and whose list it is. */
function Rank({ qualification }: { qualification: Qualification }) {
  const { t } = useTranslation('verify');
  const { level, of, provider, territory } = qualification;
  const answer =
    level === 'qualified'
      ? t(`qualification.qualified.${of ?? 'signature'}`)
      : t(`qualification.${level}`);
  return provider === undefined
    ? answer
    : t('qualification.source', { answer, provider, territory: territory ?? '' });
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
          <Revocation signature={signature} />
        </li>
        {passed && signature.qualification !== undefined && (
          <li>
            {t('qualification.title')}: <Rank qualification={signature.qualification} />
          </li>
        )}
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
      <Changes facts={signature.changeCodes ?? []} />
      <Codes signature={signature} />
    </li>
  );
}

export function SignatureDetails({ report }: { report: VerificationReport }) {
  const { t } = useTranslation('verify');
  const odd = [...new Set((report.anomalyCodes ?? []).map(anomalyWords))];
  return (
    <section className="stack" aria-label={t('signatures')}>
      <h2>{t('signatures')}</h2>
      <ol className="plain stack">
        {historyOf(report).map(({ signature }) => (
          <One key={`${signature.field} ${String(signature.signedLength)}`} signature={signature} />
        ))}
      </ol>
      {odd.length > 0 && (
        <Details>
          <Details.Summary>{t('tech.anomalies', { count: odd.length })}</Details.Summary>
          <Details.Content>
            <p>{t('tech.anomaliesMeans')}</p>
            <ul>
              {odd.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </Details.Content>
        </Details>
      )}
    </section>
  );
}
