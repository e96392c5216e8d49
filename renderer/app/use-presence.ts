/** Tells the host that somebody is at the keyboard: a desk where nobody is locks itself. */
import { useEffect } from 'react';
import { call } from '../host/client.ts';

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
/** Far below the shortest time an office can choose. */
const every = 15_000;

export function usePresence(atDesk: boolean): void {
  useEffect(() => {
    if (!atDesk) return;
    let last = -every;
    const touched = () => {
      if (performance.now() - last < every) return;
      last = performance.now();
      void call('session.touch', {});
    };
    for (const sign of signs) window.addEventListener(sign, touched, { passive: true });
    return () => {
      for (const sign of signs) window.removeEventListener(sign, touched);
    };
  }, [atDesk]);
}
