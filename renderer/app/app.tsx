import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, onDoubt, useCall } from '../host/client.ts';
import { useContact } from '../host/contact.ts';
import { useOfficeLanguages } from '../host/added-languages.ts';
import { host } from '../host/host.ts';
import { SessionContext } from '../host/session.ts';
import { speak } from '../i18n/i18n.ts';
import { Bell } from '../ui/bell.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Desk } from './desk.tsx';
import { FirstStart } from './first-start/first-start.tsx';
import { rememberedLanguage } from './language.ts';
import { Locked } from './locked.tsx';
import { comeBackTo, useNavigation } from './navigation.ts';
import { NoContact } from './no-contact.tsx';
import { PairScreen } from './pair-screen.tsx';
import { Rest } from './rest.tsx';
import { ScreenRest } from './screen-rest.tsx';
import { SignIn } from './sign-in.tsx';
import { usePresence } from './use-presence.ts';

const Kiosk = lazy(async () => ({
  default: (await import('../features/kiosk/kiosk.tsx')).Kiosk,
}));

function Opening() {
  const { t } = useTranslation('app');
  return (
    <div className="opening" role="status">
      <Bell size={64} />
      <span className="ds-sr-only">{t('opening')}</span>
    </div>
  );
}

/** A kiosk that has been emptied goes on when the program answers: told that the signer is gone, begun anew. */
function useBeginAnew(): boolean {
  const wiped = useContact((contact) => contact.wiped);
  useEffect(() => {
    if (!wiped) return;
    // Waits for the contact by itself.
    void call('session.leave', { reason: 'idle' }).then(() => {
      host.restart();
    });
  }, [wiped]);
  return wiped;
}

/** Which of its faces the window wears: first start, locked, desk, kiosk, or a kiosk alone. */
export function App() {
  const wiped = useBeginAnew();
  const session = useCall(
    'session.state',
    {},
    (event) => event.type === 'session.changed' || event.type === 'settings.changed',
  );
  const { value, error, reload } = session;
  // First start goes on after the archive exists: the recovery code must still be shown and proved.
  const [settingUp, setSettingUp] = useState(false);
  useEffect(() => {
    if (value?.state === 'setup') setSettingUp(true);
  }, [value?.state]);
  useEffect(() => {
    if (value !== null && rememberedLanguage() === null) void speak(value.language);
  }, [value]);
  // However a sitting or a session ended, and from where: what this window remembers of it goes first.
  const [held, setHeld] = useState<'kiosk' | 'desk' | null>(null);
  const state = value?.state ?? null;
  const screen = value?.screen ?? null;
  useEffect(() => {
    if (state !== null) useContact.setState({ screen });
  }, [state, screen]);
  const left = held === 'kiosk' ? state !== 'kiosk' : held === 'desk' && state === 'locked';
  const emptying = left && state !== null && !settingUp;
  const lockedItself = value?.resumeUser?.from === 'desk';
  useEffect(() => {
    if (!emptying) {
      if (state === 'kiosk' || state === 'desk') setHeld(state);
      return;
    }
    if (lockedItself) comeBackTo(useNavigation.getState().view);
    host.restart();
  }, [state, emptying, lockedItself]);
  usePresence(state === 'desk');
  useOfficeLanguages(state);
  useEffect(() => onDoubt(reload), [reload]);
  const settled = useCallback(() => {
    setSettingUp(false);
    reload();
  }, [reload]);

  if (wiped) return <NoContact />;
  if (error?.code === 'screen.not-paired') return <PairScreen />;
  if (value === null) {
    return error === null ? (
      <Opening />
    ) : (
      <main className="crash">
        <Bell size={56} />
        <FailureNotice failure={error} onRetry={reload} />
      </main>
    );
  }
  if (emptying) return <Opening />;
  if (settingUp || value.state === 'setup') return <FirstStart onDone={settled} />;
  return (
    <SessionContext value={value}>
      <Suspense fallback={<Opening />}>
        {value.state === 'kiosk' ? (
          <Kiosk />
        ) : value.state === 'screen' ? (
          <ScreenRest onBack={reload} />
        ) : value.state === 'desk' ? (
          <Desk />
        ) : value.resumeUser?.from === 'desk' ? (
          <Locked onBack={reload} />
        ) : value.resumeUser !== null ? (
          <Rest onBack={reload} />
        ) : (
          <SignIn onSignedIn={reload} />
        )}
      </Suspense>
    </SessionContext>
  );
}
