/** One signer's sitting: which screen, what lies over it, and the watch over whether they are there. */
import { useEffect, useState } from 'react';
import type { SigningView } from '../../../shared/rpc/views.ts';
import { useBeat } from '../../host/beat.ts';
import { useCall } from '../../host/client.ts';
import { useContact } from '../../host/contact.ts';
import { OfficeLookContext, useOfficeLook } from '../../ui/office-look.ts';
import { AccessibilityScreen } from './accessibility-screen.tsx';
import { ConfirmScreen } from './confirm.tsx';
import { ContactLost } from './contact-lost.tsx';
import { DeclineScreen } from './decline.tsx';
import { DoneScreen } from './done.tsx';
import { FillScreen } from './fill.tsx';
import { Fills, itemsOf } from './fills.ts';
import { useIdle } from './idle.ts';
import { IdleWarning } from './idle-warning.tsx';
import { LanguageScreen } from './language-screen.tsx';
import { LoginScreen } from './login.tsx';
import { OtherWay } from './other-way.tsx';
import { OwnKeyScreen } from './own-key-screen.tsx';
import { ReadScreen } from './read.tsx';
import { ServiceScreen } from './service.tsx';
import { SignScreen } from './sign.tsx';
import { StopQuestion } from './stop.tsx';
import { forgetSitting, useSitting } from './store.ts';
import { WhereToSign } from './where.tsx';
import { WhoScreen } from './who.tsx';

export interface ScreenProps {
  readonly view: SigningView;
  readonly onLeave: (reason: 'done' | 'idle' | 'not-me' | 'stopped') => Promise<void>;
  /** The machine works or reads aloud: the signer is not away. */
  readonly onBusy: (busy: boolean) => void;
}

/** Whoever came back from the service's page has said who they are. */
function ServiceSteps(props: ScreenProps) {
  const step = useSitting((sitting) => sitting.step);
  const visit = useCall('posten.visitState', {}, (event) => event.type === 'job.changed');
  if (visit.value === null) return <div className="kiosk" aria-busy="true" />;
  if (step === 'who' && visit.value.state === 'none') return <WhoScreen {...props} />;
  return <ServiceScreen {...props} visit={visit.value} />;
}

function Screen(props: ScreenProps) {
  const step = useSitting((sitting) => sitting.step);
  if (props.view.atService) return <ServiceSteps {...props} />;
  switch (step) {
    case 'who':
      return <WhoScreen {...props} />;
    case 'read':
      return <ReadScreen {...props} />;
    case 'fill':
      return <FillScreen {...props} />;
    case 'confirm':
      return <ConfirmScreen {...props} />;
    case 'sign':
      return props.view.kind === 'advanced' ? (
        <OwnKeyScreen {...props} />
      ) : props.view.kind === 'authenticated' ? (
        <LoginScreen {...props} />
      ) : (
        <SignScreen {...props} />
      );
    case 'done':
      return <DoneScreen {...props} />;
  }
}

function Over(props: ScreenProps) {
  const over = useSitting((sitting) => sitting.over);
  switch (over) {
    case null:
      return null;
    case 'stop':
      return <StopQuestion {...props} />;
    case 'decline':
      return <DeclineScreen {...props} />;
    case 'where':
      return <WhereToSign {...props} />;
    case 'other-way':
      return <OtherWay />;
    case 'language':
      return <LanguageScreen />;
    case 'accessibility':
      return <AccessibilityScreen organisation={props.view.organisation} />;
  }
}

/** What the clerk may know of it, where this is a screen of its own. */
function useReport(): void {
  const step = useSitting((sitting) => sitting.step);
  const help = useSitting((sitting) => sitting.help);
  // Filling in is a part of reading: the clerk hears of four steps, as they are always in sight.
  useBeat(step === 'fill' ? 'read' : step, help);
}

export function SittingScreen({ view, onLeave }: Pick<ScreenProps, 'view' | 'onLeave'>) {
  const [busy, setBusy] = useState(false);
  const idle = useIdle(view.idleSeconds, busy, () => {
    void onLeave('idle');
  });
  useReport();
  const look = useOfficeLook();
  useEffect(() => forgetSitting, []);
  const away = useContact((contact) => contact.lostAt !== null);
  const props: ScreenProps = { view, onLeave, onBusy: setBusy };
  return (
    <OfficeLookContext value={look}>
      <Fills value={itemsOf(view).length > 0}>
        <Screen {...props} />
        <Over {...props} />
        {away && <ContactLost />}
        {idle.left !== null && <IdleWarning left={idle.left} onStay={idle.stay} />}
      </Fills>
    </OfficeLookContext>
  );
}
