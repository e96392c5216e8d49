/** What stands on every screen of a sitting: title, the four steps, and the way out at the top right. */
import { CheckmarkHeavyIcon, GlobeIcon } from '@navikt/aksel-icons';
import { useContext, useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../host/session.ts';
import { logoAddress, OfficeLookContext } from '../../ui/office-look.ts';
import { WindowTitle } from '../../ui/window-title.tsx';
import { BigButton } from './big-button.tsx';
import { Fills } from './fills.ts';
import { StandInNote, standInFor } from './stand-in.tsx';
import { steps, useSitting } from './store.ts';
import type { Step } from './store.ts';
import './frame.css';
import './head.css';

function Steps({ now, trial }: { now: Step; trial: boolean }) {
  const { t } = useTranslation('kiosk');
  const fills = useContext(Fills);
  const { logo } = useContext(OfficeLookContext);
  const shown = steps.filter((step) => step !== 'fill' || fills);
  const at = now === 'done' ? shown.length : shown.indexOf(now);
  return (
    <nav className="k-steps-row" aria-label={t('steps.label')}>
      {logo !== null && <img className="k-logo" src={logoAddress(logo)} alt="" />}
      <ol className="k-steps">
        {shown.map((step, index) => (
          <li
            key={step}
            data-state={index < at ? 'past' : index === at ? 'now' : 'coming'}
            aria-current={index === at ? 'step' : undefined}
          >
            <span className="k-step-mark" aria-hidden="true">
              {index < at ? <CheckmarkHeavyIcon /> : index + 1}
            </span>
            {step === 'fill' ? t('fields:kiosk.step') : t(`steps.${step}`)}
            {index < at && <span className="ds-sr-only"> {t('steps.past')}</span>}
          </li>
        ))}
      </ol>
      {trial && <span className="k-trial">{t('trial')}</span>}
    </nav>
  );
}

/** Takes the focus when its screen appears, so that those who hear the screen start at its top. */
export function ScreenHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

/** At a screen of its own nobody stands beside the signer: the clerk sees that they are asked for. */
function HelpButton() {
  const { t } = useTranslation('pairing');
  const { screen } = useSession();
  const { help, set } = useSitting();
  if (screen === null) return null;
  return (
    <BigButton
      pressed={help}
      onClick={() => {
        set({ help: !help });
      }}
    >
      {t(help ? 'kiosk.helpAsked' : 'kiosk.help')}
    </BigButton>
  );
}

interface Props {
  readonly step: Step;
  /** What this screen is about; left out where the screen itself says it in large type. */
  readonly title?: string;
  readonly over?: ReactNode;
  readonly under?: ReactNode;
  readonly trial: boolean;
  /** Not before the signer has said who they are: where a page would be shown. */
  readonly where?: boolean;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

export function Frame({ step, title, over, under, trial, where, children, actions }: Props) {
  const { t } = useTranslation('kiosk');
  const lay = useSitting((sitting) => sitting.lay);
  const { colour } = useContext(OfficeLookContext);
  const legal = step === 'confirm' || step === 'sign';
  const part = standInFor(legal);
  return (
    <div
      className="kiosk k-frame"
      data-step={step}
      style={colour === null ? {} : { borderBlockStart: `0.5rem solid ${colour}` }}
    >
      <WindowTitle of={[step === 'done' ? t('done.title') : t(`steps.${step}`)]} />
      <header className="k-head">
        <div className="k-title" {...part}>
          {over !== undefined && <p className="k-quiet">{over}</p>}
          {title !== undefined && <ScreenHeading>{title}</ScreenHeading>}
          {under !== undefined && <p className="k-quiet">{under}</p>}
        </div>
        {step !== 'done' && (
          <div className="k-ways">
            <HelpButton />
            {where === true && (
              <BigButton
                onClick={() => {
                  lay('where');
                }}
              >
                {t('where.ask')}
              </BigButton>
            )}
            <BigButton
              className="k-globe"
              onClick={() => {
                lay('language');
              }}
            >
              <GlobeIcon aria-hidden="true" />
              <span className="k-globe-words">{t('language:open')}</span>
            </BigButton>
            <BigButton
              onClick={() => {
                lay('stop');
              }}
            >
              {t('stop.ask')}
            </BigButton>
          </div>
        )}
      </header>
      <Steps now={step} trial={trial} />
      <main className="k-main" {...part}>
        {legal && <StandInNote />}
        {children}
      </main>
      {actions !== undefined && (
        <footer className="k-actions" {...part}>
          {actions}
        </footer>
      )}
    </div>
  );
}
