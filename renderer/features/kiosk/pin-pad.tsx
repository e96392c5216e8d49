/** The clerk takes the screen back from a signer: the PIN of who handed it over. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { host } from '../../host/host.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { Overlay } from './overlay.tsx';
import { PinEntry, shortestPin } from './pin-entry.tsx';

export function PinPad({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('kiosk');
  const [pin, setPin] = useState('');
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function takeBack() {
    if (pin.length < shortestPin || asking) return;
    setAsking(true);
    setFailure(null);
    const answer = await call('session.takeBack', { pin });
    if (answer.ok) host.restart();
    else {
      setAsking(false);
      setPin('');
      setFailure(answer.error);
    }
  }
  return (
    <Overlay
      title={t('pin.title')}
      onBack={onBack}
      actions={
        <>
          <BigButton onClick={onBack}>{t('pin.back')}</BigButton>
          <BigButton
            forward
            busy={asking}
            disabled={pin.length < shortestPin}
            onClick={() => {
              void takeBack();
            }}
          >
            {t('pin.yes')}
          </BigButton>
        </>
      }
    >
      <PinEntry
        label={t('pin.label')}
        pin={pin}
        onChange={setPin}
        onEnter={() => {
          void takeBack();
        }}
      >
        {failure !== null && <KioskFailure failure={failure} />}
      </PinEntry>
    </Overlay>
  );
}
