/** The clerk takes the screen back from a signer: the PIN of who handed it over. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { host } from '../../host/host.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { Overlay } from './overlay.tsx';
import './pin-pad.css';

const shortest = 4;
const longest = 8;

export function PinPad({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('kiosk');
  const [pin, setPin] = useState('');
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function takeBack() {
    if (pin.length < shortest || asking) return;
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
  const type = (digit: string) => {
    setPin((before) => (before + digit).slice(0, longest));
  };
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
            disabled={pin.length < shortest}
            onClick={() => {
              void takeBack();
            }}
          >
            {t('pin.yes')}
          </BigButton>
        </>
      }
    >
      {failure !== null && <KioskFailure failure={failure} />}
      <form
        className="k-pin"
        onSubmit={(event) => {
          event.preventDefault();
          void takeBack();
        }}
      >
        <label className="k-field">
          {t('pin.label')}
          <input
            type="password"
            inputMode="none"
            autoComplete="off"
            autoFocus
            value={pin}
            maxLength={longest}
            onChange={(event) => {
              setPin(event.target.value.replace(/\D/g, ''));
            }}
          />
        </label>
        <div className="k-digits">
          {['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'].map((digit) => (
            <BigButton
              key={digit}
              onClick={() => {
                type(digit);
              }}
            >
              {digit}
            </BigButton>
          ))}
          <BigButton
            onClick={() => {
              setPin(pin.slice(0, -1));
            }}
          >
            {t('keyboard.delete')}
          </BigButton>
        </div>
      </form>
    </Overlay>
  );
}
