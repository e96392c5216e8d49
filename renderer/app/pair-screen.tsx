import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BigButton } from '../features/kiosk/big-button.tsx';
import { KioskFailure } from '../features/kiosk/failure.tsx';
import { LanguageChoice } from '../features/kiosk/language-choice.tsx';
import { PinEntry } from '../features/kiosk/pin-entry.tsx';
import type { Failure } from '../../shared/result.ts';
import { host } from '../host/host.ts';
import { offerCode, pairingState } from '../host/pairing.ts';
import '../features/kiosk/kiosk.css';
import './pair-screen.css';

const digits = 8;
const every = 1000;

/** The QR code carries the code behind the address's #, where no server and no log sees it. */
function codeInAddress(): string {
  const code = /^#(\d{8})$/.exec(location.hash)?.[1] ?? '';
  if (code !== '') history.replaceState(null, '', '/');
  return code;
}

/** Waits until somebody at the workstation has compared the digits and said yes. */
function Compare({ compare, onRefused }: { compare: string; onRefused: (why: Failure) => void }) {
  const { t } = useTranslation('pairing');
  useEffect(() => {
    let stopped = false;
    const ask = async () => {
      const answer = await pairingState();
      if (stopped) return;
      if (answer.ok && answer.value.state === 'accepted') return host.restart();
      if (answer.ok && answer.value.state === 'refused')
        return onRefused({ code: 'pairing.refused', message: 'Refused at the workstation' });
      if (!answer.ok && answer.error.code !== 'host.unreachable') return onRefused(answer.error);
      setTimeout(() => void ask(), every);
    };
    void ask();
    return () => {
      stopped = true;
    };
  }, [onRefused]);
  return (
    <div className="screen-pair-compare" role="status">
      <h1>{t('pair.compareTitle')}</h1>
      <p className="screen-pair-code">{compare}</p>
      <p>{t('pair.compareText')}</p>
    </div>
  );
}

/** A browser that is not a kiosk of this office yet: it asks for the code, and tells nothing. */
export function PairScreen() {
  const { t } = useTranslation('pairing');
  const [code, setCode] = useState(codeInAddress);
  const [busy, setBusy] = useState(false);
  const [compare, setCompare] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  // Always the same: the answer that says yes comes once, and must not be asked for anew meanwhile.
  const refused = useCallback((why: Failure) => {
    setCompare(null);
    setFailure(why);
  }, []);
  async function offer() {
    if (busy || code.length !== digits) return;
    setBusy(true);
    setFailure(null);
    const answer = await offerCode(code);
    setBusy(false);
    setCode('');
    if (answer.ok) setCompare(answer.value.compare);
    else setFailure(answer.error);
  }
  if (compare !== null)
    return (
      <main className="kiosk screen-pair">
        <Compare compare={compare} onRefused={refused} />
      </main>
    );
  return (
    <main className="kiosk screen-pair">
      <h1>{t('pair.title')}</h1>
      <p className="k-lead">{t('pair.text')}</p>
      <PinEntry
        label={t('pair.code')}
        pin={code}
        longest={digits}
        shown
        onChange={setCode}
        onEnter={() => {
          void offer();
        }}
      >
        {failure !== null && <KioskFailure failure={failure} />}
      </PinEntry>
      <div className="screen-pair-foot">
        <LanguageChoice />
        <BigButton
          forward
          busy={busy}
          disabled={code.length !== digits}
          onClick={() => {
            void offer();
          }}
        >
          {t('pair.go')}
        </BigButton>
      </div>
    </main>
  );
}
