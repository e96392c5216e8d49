/**
 * The direct flow: the signer reads and signs at the service's own page, which is opened with a fresh link,
 * and comes back here. Whether it was signed the service tells; the way back only says where they were sent.
 */
import { CheckmarkHeavyIcon } from '@navikt/aksel-icons';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { ServiceVisitView } from '../../../shared/rpc/views-posten.ts';
import { call } from '../../host/client.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { Frame } from './frame.tsx';
import type { ScreenProps } from './sitting.tsx';
import { useSitting } from './store.ts';
import './service.css';

type Visit = ServiceVisitView['outcome'];

export function ServiceScreen(props: ScreenProps & { visit: ServiceVisitView }) {
  const { visit } = props;
  if (visit.state === 'back') return <Back {...props} outcome={visit.outcome} />;
  return <Before {...props} away={visit.state === 'away'} />;
}

function Before({ view, onBusy, away }: ScreenProps & { away: boolean }) {
  const { t } = useTranslation('kiosk');
  const lay = useSitting((sitting) => sitting.lay);
  const [going, setGoing] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    onBusy(going || away);
  }, [going, away, onBusy]);
  async function begin() {
    setGoing(true);
    setFailure(null);
    const answer = await call('posten.visit', {});
    if (!answer.ok) setFailure(answer.error);
    else if (answer.value.go !== null) {
      // The page itself goes there and comes back; replaced, so that "back" leads nowhere new.
      location.replace(answer.value.go);
      return;
    }
    setGoing(false);
  }
  return (
    <Frame
      step="read"
      title={t('service.title')}
      under={t('service.under', { title: view.title })}
      trial={view.trial}
      actions={
        <>
          <BigButton
            onClick={() => {
              lay('stop');
            }}
          >
            {t('service.not')}
          </BigButton>
          <BigButton forward busy={going} onClick={() => void begin()}>
            {t(away ? 'service.again' : 'service.begin')}
          </BigButton>
        </>
      }
    >
      <div className="k-service">
        {failure !== null && <KioskFailure failure={failure} />}
        <p className="k-lead">{t(away ? 'service.away' : 'service.lead')}</p>
        {failure === null && (
          <ol>
            {(['step1', 'step2', 'step3'] as const).map((step) => (
              <li key={step}>{t(`service.${step}`)}</li>
            ))}
          </ol>
        )}
        <p className="k-quiet">{t('service.who', { organisation: view.organisation })}</p>
      </div>
    </Frame>
  );
}

function Back({ view, onLeave, outcome }: ScreenProps & { outcome: Visit }) {
  const { t } = useTranslation('kiosk');
  const [leaving, setLeaving] = useState(false);
  const end = outcome ?? 'error';
  return (
    <Frame
      step="done"
      title={t(`service.back.${end}.title`)}
      over={view.organisation}
      trial={view.trial}
      actions={
        <>
          {end === 'error' && (
            <BigButton
              onClick={() => void call('posten.endVisit', {}).then(() => location.reload())}
            >
              {t('service.again')}
            </BigButton>
          )}
          <BigButton
            forward
            busy={leaving}
            onClick={() => {
              setLeaving(true);
              void call('posten.endVisit', {}).then(() => onLeave('done'));
            }}
          >
            {t('done.finish')}
          </BigButton>
        </>
      }
    >
      <div className="k-done" role="status">
        {end === 'done' && (
          <span className="k-done-mark" aria-hidden="true">
            <CheckmarkHeavyIcon />
          </span>
        )}
        <p className="k-lead">{t(`service.back.${end}.lead`)}</p>
      </div>
    </Frame>
  );
}
