import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BigButton } from '../features/kiosk/big-button.tsx';
import { useBeat } from '../host/beat.ts';
import { useContact } from '../host/contact.ts';
import { useSession } from '../host/session.ts';
import { Rest } from './rest.tsx';

/** A browser shows its own bars until somebody has asked it to fill the screen. */
function FillScreen() {
  const { t } = useTranslation('pairing');
  const isFull = () => window.matchMedia('(display-mode: fullscreen)').matches;
  const [full, setFull] = useState(isFull);
  useEffect(() => {
    const changed = () => {
      setFull(document.fullscreenElement !== null || isFull());
    };
    document.addEventListener('fullscreenchange', changed);
    return () => {
      document.removeEventListener('fullscreenchange', changed);
    };
  }, []);
  if (full || !document.fullscreenEnabled) return <span />;
  return (
    <BigButton
      onClick={() => {
        void document.documentElement.requestFullscreen();
      }}
    >
      {t('rest.fill')}
    </BigButton>
  );
}

/** A window that is a kiosk and nothing else, at rest. */
export function ScreenRest({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('pairing');
  const { screen, host } = useSession();
  const away = useContact((contact) => contact.lostAt !== null);
  useBeat(null, false);
  return (
    <>
      <Rest
        onBack={onBack}
        alone={host === 'web' || screen === 'paired' ? <FillScreen /> : <span />}
      />
      {away && (
        <p className="rest-away" role="status">
          {t('contact.resting')}
        </p>
      )}
    </>
  );
}
