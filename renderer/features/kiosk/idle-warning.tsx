import { useTranslation } from 'react-i18next';
import { BigButton } from './big-button.tsx';
import { warningSeconds } from './idle.ts';
import { Overlay } from './overlay.tsx';

/** "Are you still there?" No answer wipes the screen; it never confirms anything. */
export function IdleWarning({ left, onStay }: { left: number; onStay: () => void }) {
  const { t } = useTranslation('kiosk');
  return (
    <Overlay
      title={t('idle.title')}
      role="alertdialog"
      onBack={onStay}
      actions={
        <BigButton forward onClick={onStay}>
          {t('idle.stay')}
        </BigButton>
      }
    >
      <p className="k-count" aria-hidden="true">
        {left}
      </p>
      {/* Spoken at the start and every ten seconds, not every second. */}
      <p aria-live="assertive">
        {t('idle.left', { count: Math.min(warningSeconds, Math.ceil(left / 10) * 10) })}
      </p>
      <p>{t('idle.means')}</p>
    </Overlay>
  );
}
