import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BigButton } from './big-button.tsx';
import { Overlay } from './overlay.tsx';
import type { ScreenProps } from './sitting.tsx';
import { PinPad } from './pin-pad.tsx';
import { useSitting } from './store.ts';

/** "Stop without signing": nothing is signed, nothing is refused, the job waits. */
export function StopQuestion({ onLeave }: ScreenProps) {
  const { t } = useTranslation('kiosk');
  const lay = useSitting((sitting) => sitting.lay);
  const [leaving, setLeaving] = useState(false);
  const [clerk, setClerk] = useState(false);
  const back = () => {
    lay(null);
  };
  if (clerk) {
    return (
      <PinPad
        onBack={() => {
          setClerk(false);
        }}
      />
    );
  }
  return (
    <Overlay
      title={t('stop.title')}
      onBack={back}
      actions={
        <>
          <BigButton onClick={back}>{t('stop.back')}</BigButton>
          <BigButton
            busy={leaving}
            onClick={() => {
              setLeaving(true);
              void onLeave('stopped');
            }}
          >
            {t('stop.yes')}
          </BigButton>
        </>
      }
    >
      <p>{t('stop.means')}</p>
      <button
        type="button"
        className="k-clerk"
        onClick={() => {
          setClerk(true);
        }}
      >
        {t('clerk')}
      </button>
    </Overlay>
  );
}
