/** How it goes with the service: whether it can be reached, when it may be asked next, and what is not ours. */
import { Button } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { PostenState } from '../../../shared/rpc/views-posten.ts';
import { call, useCall } from '../../host/client.ts';
import { useMay } from '../../host/session.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatMoment } from '../../i18n/format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useSave } from './use-save.ts';

export function PostenStanding({ may }: { may: boolean }) {
  const { value } = useCall('posten.state', {}, (event) => event.type === 'settings.changed');
  if (value === null || !value.on) return null;
  return (
    <>
      {value.copied && <Copied may={may} />}
      <Standing state={value} />
      {value.strangers.length > 0 && <Strangers state={value} />}
    </>
  );
}

function Standing({ state }: { state: PostenState }) {
  const { t } = useTranslation('settings');
  const { trouble, nextPollAt, lastRoundAt, waiting } = state;
  if (lastRoundAt === null) return null;
  const words = trouble === null ? null : failureWords({ code: trouble, message: trouble });
  return (
    <Notice
      tone={words === null ? 'green' : 'brass'}
      title={words === null ? t('posten.works') : words.what}
    >
      <p>
        {words !== null && `${words.means} ${words.action} `}
        {t('posten.asked', { moment: formatMoment(lastRoundAt) })}{' '}
        {nextPollAt !== null && t('posten.next', { moment: formatMoment(nextPollAt) })}{' '}
        {waiting > 0 && t('posten.waiting', { count: waiting })}
      </p>
    </Notice>
  );
}

/** Two copies of an archive must never empty the same queue: each would lose what the other takes. */
function Copied({ may }: { may: boolean }) {
  const { t } = useTranslation('settings');
  const { busy, failure, save } = useSave();
  const choose = (goOn: 'same-queue' | 'new-queue') => void save('settings.postenCopied', { goOn });
  return (
    <Notice tone="red" title={t('posten.copied.title')}>
      <p>{t('posten.copied.text')}</p>
      {may && (
        <div className="row">
          <Button
            variant="secondary"
            loading={busy}
            onClick={() => {
              choose('same-queue');
            }}
          >
            {t('posten.copied.same')}
          </Button>
          <Button
            variant="secondary"
            loading={busy}
            onClick={() => {
              choose('new-queue');
            }}
          >
            {t('posten.copied.other')}
          </Button>
        </div>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
    </Notice>
  );
}

function Strangers({ state }: { state: PostenState }) {
  const { t } = useTranslation('settings');
  const archivist = useMay('handler', 'records');
  const [failure, setFailure] = useState<Failure | null>(null);
  async function adopt(jobId: string) {
    const answer = await call('posten.adopt', { jobId });
    setFailure(answer.ok ? null : answer.error);
  }
  return (
    <Notice tone="brass" title={t('posten.strangers.title', { count: state.strangers.length })}>
      <p>{t('posten.strangers.text')}</p>
      <ul className="plain stack-tight">
        {state.strangers.map(({ jobId, ours, signers }) => (
          <li key={jobId} className="row row-between">
            <span>
              {t('posten.strangers.job', { number: jobId })}
              {signers.map(({ name }) => ` · ${name}`).join('')}
            </span>
            {ours && archivist && (
              <Button variant="secondary" onClick={() => void adopt(jobId)}>
                {t('posten.strangers.adopt')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {failure !== null && <FailureNotice failure={failure} />}
    </Notice>
  );
}
