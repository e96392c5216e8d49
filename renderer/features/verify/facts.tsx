import {
  CheckmarkCircleIcon,
  ExclamationmarkTriangleIcon,
  QuestionmarkCircleIcon,
  XMarkOctagonIcon,
} from '@navikt/aksel-icons';
import { useTranslation } from 'react-i18next';
import type { VerificationReport } from '../../../shared/report.ts';
import { formatDate, formatDateTime, formatList } from '../../i18n/format.ts';
import { personOf, shortName, signers, timeOf, trustedFact, unchangedFact } from './verdict.ts';
import type { FactAnswer } from './verdict.ts';

function Sign({ answer }: { answer: FactAnswer }) {
  switch (answer) {
    case 'yes':
      return <CheckmarkCircleIcon aria-hidden="true" />;
    case 'partly':
      return <ExclamationmarkTriangleIcon aria-hidden="true" />;
    case 'no':
      return <XMarkOctagonIcon aria-hidden="true" />;
    case 'unknown':
      return <QuestionmarkCircleIcon aria-hidden="true" />;
  }
}

function Card(props: { label: string; answer?: FactAnswer; main: string; more: string | null }) {
  const { label, answer, main, more } = props;
  return (
    <div className="panel verify-fact" data-answer={answer}>
      <dt>{label}</dt>
      <dd>
        <strong>
          {answer !== undefined && <Sign answer={answer} />}
          {main}
        </strong>
        {more !== null && <span className="small muted">{more}</span>}
      </dd>
    </div>
  );
}

/** Who, unchanged, can it be trusted, when. */
export function Facts({ report }: { report: VerificationReport }) {
  const { t } = useTranslation('verify');
  const unchanged = unchangedFact(report);
  const trusted = trustedFact(report);
  const people = report.signatures.filter(({ kind }) => kind === 'signature');
  const who = people.length > 0 ? people : signers(report);
  const names = [...new Set(who.map(personOf))];
  const claims = people.filter(({ claim }) => claim !== null);
  const seals = [...new Set(claims.map(({ signer }) => shortName(signer)))];
  const times = report.signatures.flatMap((signature) => timeOf(signature) ?? []);
  const last = times.toSorted((a, b) => a.at.localeCompare(b.at)).at(-1);
  const until = report.signatures
    .filter(({ kind, trusted: isTrusted }) => kind === 'timestamp' && isTrusted)
    .map(({ certificate }) => certificate?.notAfter)
    .filter((date) => date !== undefined)
    .toSorted()
    .at(-1);
  return (
    <dl className="verify-facts">
      <Card
        label={t('fact.who')}
        main={names.length === 0 ? t('who.nobody') : formatList(names)}
        more={
          names.length === 0
            ? null
            : seals.length > 0
              ? t('who.claim', { seal: formatList(seals) })
              : t(people.length === 0 ? 'who.seal' : 'who.certificate')
        }
      />
      <Card
        label={t('fact.unchanged')}
        answer={unchanged.answer}
        main={t(unchanged.main.key)}
        more={unchanged.more === null ? null : t(unchanged.more.key)}
      />
      <Card
        label={t('fact.trusted')}
        answer={trusted.answer}
        main={t(trusted.main.key)}
        more={trusted.more === null ? null : t(trusted.more.key)}
      />
      <Card
        label={t('fact.when')}
        main={last === undefined ? t('when.unknown') : formatDate(last.at)}
        more={
          last === undefined
            ? null
            : last.proven
              ? until === undefined
                ? t('when.proven', { at: formatDateTime(last.at) })
                : t('when.until', { year: new Date(until).getFullYear() })
              : t('when.claimed', { at: formatDateTime(last.at) })
        }
      />
    </dl>
  );
}
