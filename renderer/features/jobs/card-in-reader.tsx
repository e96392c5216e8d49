/** Whose card is in the reader, as the clerk sees it: it appears by itself, and no PIN is asked for. */
import { Fieldset, Radio } from '@digdir/designsystemet-react';
import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { nameMatch } from '../../../shared/job/name-match.ts';
import { usableCertificates, type UsableCertificate } from '../../../shared/usable-certificates.ts';
import { useCall } from '../../host/client.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatDate } from '../../i18n/format.ts';
import { Notice } from '../../ui/notice.tsx';
import type { Readers } from './card-draft.ts';

/** The host watches the readers for a while after each question. */
const renewEvery = 45_000;

export function useReaders() {
  const { value, error, reload } = useCall(
    'card.list',
    {},
    (event) => event.type === 'cards.changed',
  );
  useEffect(() => {
    const timer = setInterval(reload, renewEvery);
    return () => {
      clearInterval(timer);
    };
  }, [reload]);
  return {
    found: value === null ? [] : usableCertificates(value),
    problem: value?.problem ?? error?.code ?? null,
    reload,
  };
}

export function CardInReader({
  readers: { found, problem },
  chosen,
  wanted,
  onChoose,
}: {
  readers: Readers;
  chosen: UsableCertificate | undefined;
  /** Whose it should be. */
  wanted: string;
  onChoose: (certificate: string) => void;
}) {
  const { t } = useTranslation('jobs');
  const group = useId();
  return (
    <div className="stack-tight" role="status">
      {found.length > 1 && (
        <Fieldset className="stack-tight">
          <Fieldset.Legend>{t('card.which')}</Fieldset.Legend>
          {found.map(({ certificate }) => (
            <Radio
              key={certificate.id}
              name={group}
              value={certificate.id}
              label={certificate.name}
              description={`${certificate.issuer}, ${certificate.algorithm}`}
              checked={certificate.id === chosen?.certificate.id}
              onChange={() => {
                onChoose(certificate.id);
              }}
            />
          ))}
        </Fieldset>
      )}
      {chosen === undefined ? <Missing problem={problem} /> : <Facts of={chosen} wanted={wanted} />}
    </div>
  );
}

function Missing({ problem }: { problem: string | null }) {
  const { t } = useTranslation('jobs');
  if (problem === null) return <p className="muted">{t('card.looking')}</p>;
  const { what, action } = failureWords({ code: problem, message: '' });
  return (
    <Notice tone="brass" title={problem === 'card.no-card' ? t('card.insert') : what}>
      <p>{problem === 'card.no-card' ? t('card.byItself') : action}</p>
    </Notice>
  );
}

function Facts({ of: { certificate }, wanted }: { of: UsableCertificate; wanted: string }) {
  const { t } = useTranslation('jobs');
  const match = nameMatch(wanted, certificate.name);
  const from = formatDate(certificate.notBefore);
  const to = formatDate(certificate.notAfter);
  return (
    <>
      <dl className="facts">
        <dt>{t('card.holder')}</dt>
        <dd>
          <strong>{certificate.name}</strong>
        </dd>
        <dt>{t('card.issuer')}</dt>
        <dd>{certificate.issuer}</dd>
        <dt>{t('card.valid')}</dt>
        <dd>{t('card.fromTo', { from, to })}</dd>
      </dl>
      {match === 'same' ? (
        <p>{t('card.match.same', { name: wanted })}</p>
      ) : (
        <Notice tone={match === 'similar' ? 'brass' : 'red'} title={t(`card.match.${match}`)}>
          <p>{t(`card.matchHelp.${match}`, { name: wanted, shown: certificate.name })}</p>
        </Notice>
      )}
    </>
  );
}
