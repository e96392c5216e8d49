import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/result.ts';
import { BigButton } from '../features/kiosk/big-button.tsx';
import { KioskFailure } from '../features/kiosk/failure.tsx';
import { LanguageChoice } from '../features/kiosk/language-choice.tsx';
import { Overlay } from '../features/kiosk/overlay.tsx';
import { PinEntry, shortestPin } from '../features/kiosk/pin-entry.tsx';
import { call } from '../host/client.ts';
import { useSession } from '../host/session.ts';
import { currentLanguage, speak } from '../i18n/i18n.ts';
import { WindowTitle } from '../ui/window-title.tsx';
import { hasDigits, isDigit, isTyping } from '../ui/typed-ahead.ts';
import { logoAddress, useOfficeLook } from '../ui/office-look.ts';
import { CounterScene } from './counter-scene.tsx';
import { rememberedLanguage } from './language.ts';
import { LoginAlone } from './login-alone.tsx';
import { PickUp } from './pick-up.tsx';
import { SignInForm } from './sign-in.tsx';
import { useRestLogin } from './use-rest-login.ts';
import '../features/kiosk/kiosk.css';
import './rest.css';

/** A passer-by's language is forgotten after so long, in milliseconds. */
const passerBy = 120_000;

/** The clerk's short way back: the PIN of who handed the screen over, or anybody's passphrase. */
function ClerkReturns({ onBack, onAway }: { onBack: () => void; onAway: () => void }) {
  const { t } = useTranslation('app');
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [other, setOther] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function resume() {
    if (busy || pin.length < shortestPin) return;
    setBusy(true);
    const answer = await call('session.resume', { pin });
    setBusy(false);
    setPin('');
    if (answer.ok) onBack();
    else setFailure(answer.error);
  }
  return (
    <Overlay
      title={t('rest.pinTitle')}
      onBack={onAway}
      actions={
        <>
          <BigButton onClick={onAway}>{t('rest.away')}</BigButton>
          <BigButton
            onClick={() => {
              setOther(!other);
              setFailure(null);
            }}
          >
            {other ? t('rest.usePin') : t('rest.other')}
          </BigButton>
          {!other && (
            <BigButton
              forward
              busy={busy}
              disabled={pin.length < shortestPin}
              onClick={() => {
                void resume();
              }}
            >
              {t('rest.open')}
            </BigButton>
          )}
        </>
      }
    >
      {other ? (
        <div className="rest-other">
          <SignInForm onSignedIn={onBack} />
        </div>
      ) : (
        <PinEntry
          label={t('rest.pin')}
          pin={pin}
          onChange={setPin}
          onEnter={() => {
            void resume();
          }}
        >
          {failure !== null && <KioskFailure failure={failure} />}
        </PinEntry>
      )}
    </Overlay>
  );
}

function leadOf(codes: boolean, logins: boolean) {
  if (codes) return logins ? 'rest.leadBoth' : 'rest.leadCodes';
  return logins ? 'rest.leadLogin' : 'rest.lead';
}

/**
 * DOMAIN.md, the kiosk at rest: the office's name and the languages. Nothing about people or jobs. `alone`:
 * the screen is nothing but a kiosk, and no clerk comes back to it.
 */
export function Rest({ onBack, alone }: { onBack: () => void; alone?: ReactNode }) {
  const { t } = useTranslation('app');
  const look = useOfficeLook();
  const { organisation, language, pickUpCodes, loginAlone } = useSession();
  const [asking, setAsking] = useState<'clerk' | 'code' | 'login' | null>(null);
  const { login, forget } = useRestLogin(loginAlone);
  // Whoever comes back from the provider hears what came of it.
  const state = login?.state ?? 'none';
  useEffect(() => {
    if (state === 'failed') setAsking('login');
  }, [state]);
  const rest = useCallback(() => {
    setAsking(null);
    forget();
  }, [forget]);
  // A clerk who types the PIN at once needs no button first.
  const open = alone === undefined && asking === null;
  useEffect(() => {
    if (!open) return;
    const ask = () => {
      setAsking('clerk');
    };
    const type = (event: KeyboardEvent) => {
      if (!isDigit(event) || isTyping(event.target)) return;
      // Kept for the box already: the key itself would come a second time.
      event.preventDefault();
      ask();
    };
    if (hasDigits()) ask();
    window.addEventListener('keydown', type);
    return () => {
      window.removeEventListener('keydown', type);
    };
  }, [open]);
  const house = useRef(rememberedLanguage() ?? language);
  const now = currentLanguage();
  useEffect(() => {
    if (now === house.current) return;
    const timer = setTimeout(() => void speak(house.current), passerBy);
    return () => {
      clearTimeout(timer);
    };
  }, [now]);
  return (
    <main
      className="kiosk rest"
      ref={(main) => {
        if (look.colour === null) main?.style.removeProperty('background');
        else main?.style.setProperty('background', look.colour);
      }}
    >
      <WindowTitle of={[]} />
      <div className="rest-words">
        {look.logo === null ? (
          <CounterScene />
        ) : (
          <img className="rest-logo" src={logoAddress(look.logo)} alt="" />
        )}
        <h1>{organisation?.name}</h1>
        <p>{t(leadOf(pickUpCodes, login !== null))}</p>
        {(pickUpCodes || login !== null) && (
          <div className="rest-ways">
            {login !== null && (
              <BigButton
                onClick={() => {
                  setAsking('login');
                }}
              >
                {t('rest.login')}
              </BigButton>
            )}
            {pickUpCodes && (
              <BigButton
                onClick={() => {
                  setAsking('code');
                }}
              >
                {t('rest.code')}
              </BigButton>
            )}
          </div>
        )}
      </div>
      <div className="rest-foot">
        <LanguageChoice />
        {alone ?? (
          <BigButton
            onClick={() => {
              setAsking('clerk');
            }}
          >
            {t('rest.clerk')}
          </BigButton>
        )}
      </div>
      {asking === 'code' && (
        <PickUp
          onBegun={onBack}
          onAway={() => {
            setAsking(null);
          }}
        />
      )}
      {asking === 'login' && login !== null && <LoginAlone login={login} onAway={rest} />}
      {asking === 'clerk' && (
        <ClerkReturns
          onBack={() => {
            // What a passer-by chose on this screen is not the clerk's language.
            void speak(house.current);
            onBack();
          }}
          onAway={() => {
            setAsking(null);
          }}
        />
      )}
    </main>
  );
}
