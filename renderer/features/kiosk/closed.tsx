import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { PinPad } from './pin-pad.tsx';

/** The job cannot be shown: nothing of it is on the screen, and the clerk can come back. */
export function Closed({ failure, onRetry }: { failure: Failure | null; onRetry: () => void }) {
  const { t } = useTranslation('kiosk');
  const [clerk, setClerk] = useState(false);
  return (
    <main className="kiosk k-closed">
      <h1>{t('closed.title')}</h1>
      {failure !== null && <KioskFailure failure={failure} />}
      <p>{t('closed.text')}</p>
      <div className="k-over-actions">
        <BigButton onClick={onRetry}>{t('closed.again')}</BigButton>
        <BigButton
          onClick={() => {
            setClerk(true);
          }}
        >
          {t('clerk')}
        </BigButton>
      </div>
      {clerk && (
        <PinPad
          onBack={() => {
            setClerk(false);
          }}
        />
      )}
    </main>
  );
}
