import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/result.ts';
import { BigButton } from '../features/kiosk/big-button.tsx';
import { KioskFailure } from '../features/kiosk/failure.tsx';
import { Overlay } from '../features/kiosk/overlay.tsx';
import { PinEntry } from '../features/kiosk/pin-entry.tsx';
import { call } from '../host/client.ts';

/** As many as `pickup.make` gives. */
const digits = 8;
/** Nobody has touched it for so long, in milliseconds: what was typed goes, and the counter rests. */
const untouched = 60_000;

/** A signer begins by themselves, with the code that was printed for them. */
export function PickUp({ onBegun, onAway }: { onBegun: () => void; onAway: () => void }) {
  const { t } = useTranslation('app');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    if (busy) return;
    const timer = setTimeout(onAway, untouched);
    return () => {
      clearTimeout(timer);
    };
  }, [code, busy, failure, onAway]);
  async function begin() {
    if (busy || code.length < digits) return;
    setBusy(true);
    setFailure(null);
    const answer = await call('session.pickUp', { code });
    if (answer.ok) {
      onBegun();
      return;
    }
    setBusy(false);
    setCode('');
    setFailure(answer.error);
  }
  return (
    <Overlay
      title={t('pickUp.title')}
      onBack={onAway}
      actions={
        <>
          <BigButton onClick={onAway}>{t('rest.away')}</BigButton>
          <BigButton
            forward
            busy={busy}
            disabled={code.length < digits}
            onClick={() => {
              void begin();
            }}
          >
            {t('pickUp.begin')}
          </BigButton>
        </>
      }
    >
      <PinEntry
        label={t('pickUp.label')}
        pin={code}
        longest={digits}
        shown
        onChange={setCode}
        onEnter={() => {
          void begin();
        }}
      >
        {failure === null ? <p>{t('pickUp.help')}</p> : <KioskFailure failure={failure} />}
      </PinEntry>
    </Overlay>
  );
}
