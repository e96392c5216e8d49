/** The kiosk: one signer's sitting from "Are you …?" to the receipt. At rest the window itself takes over. */
import { useEffect, useRef, useState } from 'react';
import type { SigningView } from '../../../shared/rpc/views.ts';
import { call, useCall } from '../../host/client.ts';
import { useContact, wipe } from '../../host/contact.ts';
import { host } from '../../host/host.ts';
import { speak, useAddedLanguages } from '../../i18n/i18n.ts';
import { SittingScreen } from './sitting.tsx';
import { useSitting } from './store.ts';
import { Closed } from './closed.tsx';
import './kiosk.css';

type Leaving = 'done' | 'idle' | 'not-me' | 'stopped';

/** Ends the sitting: the host forgets the signer, then this window's memory goes. */
export async function leave(reason: Leaving): Promise<void> {
  // Without contact the program cannot be told yet, but the screen is emptied all the same.
  if (useContact.getState().lostAt !== null) return wipe();
  await call('session.leave', { reason });
  // Even when the host did not answer: nothing of the signer may stay on the screen.
  host.restart();
}

/** Whoever comes back from an e-ID provider has read and confirmed already: on to where they were. */
function useResume(view: SigningView | null): 'asking' | 'asked' {
  const authenticated = view?.kind === 'authenticated' && !view.atService;
  const login = useCall('signing.login', authenticated ? {} : null);
  const back = login.value?.confirmed === true && login.value.state !== 'none';
  const first = useRef(true);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (login.value === null && login.error === null) return;
    if (back && first.current) useSitting.getState().go('sign');
    first.current = false;
    setReady(true);
  }, [login.value, login.error, back]);
  return authenticated && !ready ? 'asking' : 'asked';
}

export function Kiosk() {
  // Asked once: when the session changes the signer is no longer here, and asking again would be refused.
  const view = useCall('signing.view', {});
  const login = useResume(view.value);
  const added = useAddedLanguages();
  const signer = view.value?.signer ?? null;
  const own = added.find(({ code }) => code === signer?.kioskLanguage);
  // One that was removed since, or whose words are not here yet, has another to stand in for it.
  const language = own?.code ?? signer?.language ?? null;
  useEffect(() => {
    if (language !== null) void speak(language);
  }, [language]);

  if (view.loading || login === 'asking') return <div className="kiosk" aria-busy="true" />;
  if (view.value === null) return <Closed failure={view.error} onRetry={view.reload} />;
  return <SittingScreen view={view.value} onLeave={leave} />;
}
