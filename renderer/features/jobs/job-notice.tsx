import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../shared/rpc/views.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatDate } from '../../i18n/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { AtKioskNotice, LostNotice } from './at-kiosk-notice.tsx';

/** Why the timestamp waits, in the code's own words. */
function Failed({ code }: { code: string }) {
  const { what, means, action } = failureWords({ code, message: code });
  return (
    <>
      <p>{what}.</p>
      <p>
        {means} {action}
      </p>
    </>
  );
}

const problemOf = (code: string) => ({ code, message: code });

/** Why the job stands still, when it does: what happened and what it means. */
export function JobNotice({ view }: { view: JobView }) {
  const { t } = useTranslation('jobs');
  const { job } = view;
  const kept = job.signers.some(({ state }) => state === 'SIGNED') && <p>{t('notice.kept')}</p>;
  const here = (job.spec.place ?? 'counter') === 'counter';
  if (here && (job.state === 'open' || job.state === 'draft') && !view.sealReady)
    return (
      <Notice tone="red" title={t('notice.seal.title')}>
        <p>{t('notice.seal.text')}</p>
      </Notice>
    );
  // Said before anybody is called to the counter.
  if (here && (job.state === 'open' || job.state === 'draft') && view.sealProblem !== null)
    return (
      <Notice tone="red" title={failureWords(problemOf(view.sealProblem)).what}>
        <p>
          {failureWords(problemOf(view.sealProblem)).means}{' '}
          {failureWords(problemOf(view.sealProblem)).action}
        </p>
      </Notice>
    );
  switch (job.state) {
    case 'draft':
      return view.missing.length > 0 ? (
        <Notice title={t('notice.draft.title')}>
          <ul className="job-missing">
            {[...new Set(view.missing.map((each) => each.code))].map((code) => (
              <li key={code}>{t(`missing.${code.replace('checklist.', '')}`)}</li>
            ))}
          </ul>
        </Notice>
      ) : (
        <Notice tone="green" title={t('notice.ready.title')}>
          <p>{t(here ? 'notice.ready.text' : 'notice.ready.there')}</p>
        </Notice>
      );
    case 'open':
      return job.atKiosk === null ? (
        <LostNotice view={view} />
      ) : (
        <AtKioskNotice view={view} since={job.atKiosk.since} />
      );
    case 'signed':
      return (
        <Notice tone="brass" title={t('notice.signed.title')}>
          {job.sealDeferred === null || job.sealDeferred === 'timestamp.none' ? (
            <p>{t(job.sealDeferred === null ? 'notice.signed.text' : 'notice.signed.none')}</p>
          ) : (
            <Failed code={job.sealDeferred} />
          )}
        </Notice>
      );
    case 'at-service':
    case 'returned':
      return null;
    case 'sealed': {
      const { renewal } = job;
      if (renewal === null) return null;
      const { end, deferred } = renewal;
      return (
        <Notice tone="brass" title={t('notice.renewal.title')}>
          <p>
            {end === null
              ? t('notice.renewal.unknown')
              : t(`notice.renewal.${end.by}`, { date: formatDate(end.until) })}
          </p>
          {deferred !== null && <Failed code={deferred} />}
        </Notice>
      );
    }
    case 'rejected': {
      const by = job.signers.find((signer) => signer.id === job.by);
      return (
        <Notice tone="red" title={t('notice.rejected.title', { name: by?.name ?? '' })}>
          {job.reason !== '' && <p>{t('notice.reason', { reason: job.reason })}</p>}
          <p>{t('notice.rejected.text')}</p>
          {kept}
        </Notice>
      );
    }
    case 'cancelled':
      // A draft ends the same way; nobody was ever asked to sign it.
      if (!view.events.some(({ event }) => event.type === 'opened'))
        return (
          <Notice title={t('notice.discarded.title')}>
            <p>{t('notice.discarded.text')}</p>
          </Notice>
        );
      return (
        <Notice title={t('notice.cancelled.title')}>
          {job.reason !== '' && <p>{t('notice.reason', { reason: job.reason })}</p>}
          <p>{t('notice.cancelled.text')}</p>
          {kept}
        </Notice>
      );
    case 'expired':
      return (
        <Notice tone="brass" title={t('notice.expired.title')}>
          <p>{t('notice.expired.text')}</p>
          {kept}
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="red" title={t('notice.failed.title')}>
          <p>
            {failureWords({ code: job.code, message: job.code }).what}. {t('notice.failed.text')}
          </p>
          {kept}
          <p className="small">
            {t('app:failure.quote')} <code>{job.code}</code>
          </p>
        </Notice>
      );
  }
}
