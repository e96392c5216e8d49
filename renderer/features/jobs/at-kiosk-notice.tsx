import { Button } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AtKiosk } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import type { JobView } from '../../../shared/rpc/views.ts';
import { screenSteps, type ScreenView } from '../../../shared/rpc/views-screen.ts';
import { call, useCall } from '../../host/client.ts';
import { useMay } from '../../host/session.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { screenName } from '../../ui/screen-name.ts';
import { toast } from '../../ui/toasts.tsx';
import './at-kiosk-notice.css';

/** How far along: state, never content. */
function Steps({ screen }: { screen: ScreenView }) {
  const { t } = useTranslation('pairing');
  const step = screen.holding?.step ?? null;
  const at = step === null ? -1 : screenSteps.indexOf(step);
  return (
    <ol className="at-kiosk-steps">
      {screenSteps
        .filter((each) => each !== 'done')
        .map((each, index) => (
          <li
            key={each}
            data-state={index < at ? 'past' : index === at ? 'now' : 'coming'}
            aria-current={index === at ? 'step' : undefined}
          >
            {t(`kiosk:steps.${each}`)}
          </li>
        ))}
    </ol>
  );
}

function AtScreen({ job, screen }: { job: string; screen: ScreenView }) {
  const { t } = useTranslation('pairing');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function takeBack() {
    setBusy(true);
    const answer = await call('screen.takeBack', { job });
    setBusy(false);
    if (answer.ok) toast(t('state.taken'));
    else setFailure(answer.error);
  }
  return (
    <Notice tone="brass" title={t('state.title', { screen: screenName(screen) })}>
      <Steps screen={screen} />
      {screen.help && (
        <p role="alert">
          <strong>{t('state.help')}</strong>
        </p>
      )}
      {!screen.here && (
        <p role="status">
          {screen.heardAt === null
            ? t('state.away')
            : t('state.awaySince', { moment: formatDateTime(screen.heardAt) })}
        </p>
      )}
      <p>{t('state.privacy')}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      <div>
        <Button variant="secondary" loading={busy} onClick={() => void takeBack()}>
          {t('state.takeBack')}
        </Button>
      </div>
    </Notice>
  );
}

/** The signer has a screen: the clerk's own, or one where they can be seen to come along. */
export function AtKioskNotice({ view, since }: { view: JobView; since: AtKiosk['since'] }) {
  const { t } = useTranslation('pairing');
  const handler = useMay('handler');
  const { value } = useCall(
    'screen.list',
    handler ? {} : null,
    (event) => event.type === 'screens.changed',
  );
  const screen = value?.find(({ holding }) => holding?.job === view.job.id);
  if (screen !== undefined) return <AtScreen job={view.job.id} screen={screen} />;
  return (
    <Notice tone="brass" title={t('jobs:notice.atKiosk.title')}>
      <p>{t('jobs:notice.atKiosk.text', { moment: formatDateTime(since) })}</p>
    </Notice>
  );
}

/** The last that happened: a screen was closed, crashed, or lost its network while a signer had it. */
export function LostNotice({ view }: { view: JobView }) {
  const { t } = useTranslation('pairing');
  const last = view.events.findLast(
    ({ event }) => event.type === 'handed-over' || event.type === 'handed-back',
  );
  if (last?.event.type !== 'handed-back' || last.event.reason !== 'lost') return null;
  return (
    <Notice tone="brass" role="status" title={t('lost.title')}>
      <p>{t('lost.text')}</p>
    </Notice>
  );
}
