import { Button } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { EidCheck } from '../../../shared/rpc/views-eid.ts';
import { call, useCall } from '../../host/client.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatDate } from '../../i18n/format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pill } from '../../ui/pill.tsx';

/** Which part of a set-up is wrong. */
export function EidChecks({ checks }: { checks: readonly EidCheck[] }) {
  const { t } = useTranslation('settings');
  return (
    <ul className="plain stack-tight" role="status">
      {checks.map(({ part, ok, code }) => {
        const words = code === null ? null : failureWords({ code, message: '' });
        return (
          <li key={part}>
            <Pill tone={ok ? 'green' : 'red'}>{t(`eid.part.${part}`)}</Pill>{' '}
            {words === null ? t('eid.right') : `${words.what}. ${words.action}`}
          </li>
        );
      })}
    </ul>
  );
}

/** A login that signs nothing: what the provider tells of whoever logs in. */
export function EidTrial({ provider }: { provider: string }) {
  const { t } = useTranslation('settings');
  const [begun, setBegun] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const trial = useCall(
    'settings.eidTrial',
    begun ? {} : null,
    (event) => event.type === 'settings.changed',
  );
  async function begin() {
    setFailure(null);
    const answer = await call('settings.tryEid', { provider });
    setBegun(answer.ok);
    if (!answer.ok) setFailure(answer.error);
    else if (answer.value.go !== null) window.open(answer.value.go, '_blank', 'noopener');
    trial.reload();
  }
  const found = trial.value?.found ?? null;
  const wrong = failure ?? trial.value?.failure ?? null;
  return (
    <>
      <Button type="button" variant="secondary" onClick={() => void begin()}>
        {t('eid.try')}
      </Button>
      {wrong !== null && <FailureNotice failure={wrong} />}
      {found !== null && (
        <Notice title={t('eid.tried')}>
          <p>
            {[
              found.name === '' ? t('eid.noName') : found.name,
              found.birthDate === null ? '' : formatDate(found.birthDate),
              found.maskedId ?? t('eid.noNumber'),
              t('eid.triedLevel', { level: found.level, acr: found.acr }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </Notice>
      )}
    </>
  );
}
