/** The job's part at the remote signing service: how far it has come, when more can be known, what came back. */
import { Button } from '@digdir/designsystemet-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { isFinal } from '../../../shared/job/decide-remote.ts';
import type { Job } from '../../../shared/job/job.ts';
import type { Remote, RemoteResult } from '../../../shared/job/remote.ts';
import type { PostenState } from '../../../shared/rpc/views-posten.ts';
import { call, useCall } from '../../host/client.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatDay, formatMoment } from '../../i18n/format.ts';
import { commonName } from '../../ui/due-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { nameOf } from './remote-words.ts';
import './remote-part.css';

export function RemotePart({ job, onVerify }: { job: Job; onVerify: (document: string) => void }) {
  const { t } = useTranslation('jobs');
  const posten = useCall('posten.state', {}, (event) => event.type === 'settings.changed').value;
  const { remote } = job;
  if (remote === null) return null;
  return (
    <section className="job-remote" aria-labelledby="job-remote-title">
      <h3 id="job-remote-title">{t('remote.title')}</h3>
      <Standing job={job} remote={remote} posten={posten} />
      {job.state === 'at-service' && posten !== null && <NextNews posten={posten} />}
      {remote.strays.length > 0 && (
        <Notice tone="brass" title={t('remote.stray.title')}>
          <p>
            {t('remote.stray.text', {
              numbers: remote.strays.map(({ jobId }) => jobId).join(', '),
            })}
          </p>
        </Notice>
      )}
      {remote.results.length > 0 && <Results job={job} remote={remote} onVerify={onVerify} />}
      {job.state === 'at-service' && <CannotThere />}
    </section>
  );
}

function words(code: string): string {
  const { what, means, action } = failureWords({ code, message: code });
  return [`${what}.`, means, action].filter(Boolean).join(' ');
}

function Standing({
  job,
  remote,
  posten,
}: {
  job: Job;
  remote: Remote;
  posten: PostenState | null;
}) {
  const { t } = useTranslation('jobs');
  const trouble = posten?.trouble ?? null;
  if (remote.phase === 'refused' && remote.refusal !== null)
    return (
      <Notice tone="red" title={t('remote.refused')}>
        <p>{words(remote.refusal.code)}</p>
        {typeof remote.refusal.detail?.['serviceMessage'] === 'string' && (
          <p className="small">
            {t('remote.theySay', { text: remote.refusal.detail['serviceMessage'] })}
          </p>
        )}
      </Notice>
    );
  if (job.state !== 'at-service') return null;
  if (remote.phase === 'unknown')
    return (
      <Notice tone="brass" title={t('remote.unknown.title')}>
        <p>{t(`remote.unknown.${remote.flow}`)}</p>
      </Notice>
    );
  if (remote.phase !== 'made')
    return (
      <Notice tone="brass" title={t(`remote.phase.${remote.phase}`)}>
        <p>{trouble === null ? t('remote.phaseText') : words(trouble)}</p>
      </Notice>
    );
  if (remote.trouble !== null)
    return (
      <Notice tone="brass" title={t('remote.trouble')}>
        <p>{words(remote.trouble)}</p>
        {remote.fetchBefore !== null && (
          <p>{t('remote.fetchBefore', { day: formatDay(remote.fetchBefore) })}</p>
        )}
      </Notice>
    );
  if (isFinal(remote)) return <Notice tone="brass" title={t('remote.fetching')} />;
  return (
    <Notice title={t(`remote.there.${remote.flow}`)}>
      {remote.withdrawing !== null && <p>{t('remote.withdrawing')}</p>}
      <p>
        {t('remote.number', { number: remote.jobId ?? '' })}
        {' · '}
        {t(`remote.flow.${remote.flow}`)}
      </p>
    </Notice>
  );
}

/** Poll times are the service's, not ours: shown as a time, so that nobody presses a button in vain. */
function NextNews({ posten }: { posten: PostenState }) {
  const { t } = useTranslation('jobs');
  if (posten.key === 'locked') return <Notice tone="brass" title={t('remote.locked')} />;
  const next = posten.nextPollAt;
  const wait = next === null ? 0 : Date.parse(next) - Date.now();
  return (
    <p className="row row-between job-remote-next">
      <span className="muted">
        {posten.lastRoundAt !== null &&
          t('remote.asked', { moment: formatMoment(posten.lastRoundAt) })}{' '}
        {wait > 0 && next !== null && t('remote.next', { moment: formatMoment(next) })}
      </span>
      {wait <= 0 && (
        <Button variant="tertiary" onClick={() => void call('posten.listen', {})}>
          {t('remote.listen')}
        </Button>
      )}
    </p>
  );
}

/** What the service's programming interface does not offer, with the reason beside the button. */
function CannotThere() {
  const { t } = useTranslation('jobs');
  return (
    <div className="job-remote-cannot">
      <div className="row">
        <Button variant="secondary" disabled aria-describedby="job-remote-why">
          {t('action.extend')}
        </Button>
        <Button variant="secondary" disabled aria-describedby="job-remote-why">
          {t('remote.remind')}
        </Button>
      </div>
      <p id="job-remote-why" className="small muted">
        {t('remote.cannot')}
      </p>
    </div>
  );
}

function Results({
  job,
  remote,
  onVerify,
}: {
  job: Job;
  remote: Remote;
  onVerify: (document: string) => void;
}) {
  const { t } = useTranslation('jobs');
  return (
    <ul className="plain job-remote-results">
      {remote.results.map((result) => (
        <li key={result.document} className="job-remote-result">
          <div className="grow">
            <strong>
              {result.kind === 'pades'
                ? t('remote.result.pades')
                : t('remote.result.xades', { name: nameOf(job, result.signer ?? '') })}
            </strong>
            <p className="muted small">{factsOf(t, result).join(' · ')}</p>
            {result.check.namesDocuments === false && (
              <Notice tone="red" title={t('remote.result.otherDocument')} />
            )}
          </div>
          {result.kind === 'pades' && (
            <Button
              variant="tertiary"
              onClick={() => {
                onVerify(result.document);
              }}
            >
              {t('document.verify')}
            </Button>
          )}
        </li>
      ))}
      {remote.fetchBefore !== null && job.state === 'at-service' && (
        <li className="muted small">
          {t('remote.fetchBefore', { day: formatDay(remote.fetchBefore) })}
        </li>
      )}
    </ul>
  );
}

function factsOf(t: TFunction<'jobs'>, result: RemoteResult) {
  const { seal, trusted, signerName, signedAt, namesDocuments } = result.check;
  return [
    seal === null
      ? ''
      : t(trusted ? 'remote.result.sealedTrusted' : 'remote.result.sealed', {
          seal: commonName(seal),
        }),
    signerName === null ? '' : t('remote.result.signedAs', { name: signerName }),
    signedAt === null ? '' : formatMoment(signedAt),
    namesDocuments === true ? t('remote.result.namesDocuments') : '',
  ].filter(Boolean);
}
