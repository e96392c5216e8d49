/** Nobody there: warn, then wipe. Any touch, key or movement extends; nothing is ever confirmed by it. */
import { useEffect, useRef, useState } from 'react';

/** DOMAIN, the kiosk, step 8: how long the warning stands before the screen is wiped. */
export const warningSeconds = 30;

const signsOfLife = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const;

export interface Idle {
  /** Seconds left while the warning stands; null while somebody is there. */
  readonly left: number | null;
  readonly stay: () => void;
}

/** `paused` while the machine works or reads aloud: waiting for us is not being away. */
export function useIdle(idleSeconds: number, paused: boolean, onGone: () => void): Idle {
  const [left, setLeft] = useState<number | null>(null);
  const last = useRef(0);
  const gone = useRef(onGone);
  useEffect(() => {
    gone.current = onGone;
  });
  const warned = left !== null;
  useEffect(() => {
    last.current = Date.now();
    if (paused) return;
    const alive = () => {
      // While the warning stands only its own button counts: a sleeve on the screen is not an answer.
      if (!warned) last.current = Date.now();
    };
    for (const sign of signsOfLife) window.addEventListener(sign, alive, { passive: true });
    const started = Date.now();
    const timer = setInterval(() => {
      const now = Date.now();
      if (warned) {
        const remaining = warningSeconds - Math.floor((now - started) / 1000);
        if (remaining > 0) setLeft(remaining);
        else gone.current();
      } else if (now - last.current >= idleSeconds * 1000) setLeft(warningSeconds);
    }, 500);
    return () => {
      clearInterval(timer);
      for (const sign of signsOfLife) window.removeEventListener(sign, alive);
    };
  }, [idleSeconds, paused, warned]);
  return {
    left: paused ? null : left,
    stay: () => {
      last.current = Date.now();
      setLeft(null);
    },
  };
}
