/** The kiosk: one signer's sitting from "Are you …?" to the receipt. At rest the window itself takes over. */
import { useEffect } from 'react';
import { call, useCall } from '../../host/client.ts';
import { host } from '../../host/host.ts';
import { speak } from '../../i18n/i18n.ts';
import { SittingScreen } from './sitting.tsx';
import { Closed } from './closed.tsx';
import './kiosk.css';

type Leaving = 'done' | 'idle' | 'not-me' | 'stopped';

/** Ends the sitting: the host forgets the signer, then this window's memory goes. */
export async function leave(reason: Leaving): Promise<void> {
  await call('session.leave', { reason });
  // Even when the host did not answer: nothing of the signer may stay on the screen.
  host.restart();
}

export function Kiosk() {
  // Asked once: when the session changes the signer is no longer here, and asking again would be refused.
  const view = useCall('signing.view', {});
  const language = view.value?.signer.language ?? null;
  useEffect(() => {
    if (language !== null) void speak(language);
  }, [language]);

  if (view.loading) return <div className="kiosk" aria-busy="true" />;
  if (view.value === null) return <Closed failure={view.error} onRetry={view.reload} />;
  return <SittingScreen view={view.value} onLeave={leave} />;
}
