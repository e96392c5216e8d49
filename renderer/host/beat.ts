/**
 * A kiosk that is a screen of its own says every few seconds that it is there, how far its signer has
 * come, and whether they ask for somebody. What does not arrive is how it learns that the contact is gone.
 */
import { useEffect } from 'react';
import type { ScreenStep } from '../../shared/rpc/views-screen.ts';
import { call } from './client.ts';
import { contactLimit, useContact, wipe } from './contact.ts';

const every = 4000;
/** While there is no contact it is tried more often. */
const anxious = 1000;

export function useBeat(step: ScreenStep | null, help: boolean): void {
  const screen = useContact((contact) => contact.screen);
  const away = useContact((contact) => contact.lostAt !== null);
  useEffect(() => {
    if (screen === null) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const beat = async () => {
      await call('screen.report', { step, help });
      const { lostAt } = useContact.getState();
      if (lostAt !== null && performance.now() - lostAt > contactLimit) wipe();
      if (!stopped)
        timer = setTimeout(
          () => {
            void beat();
          },
          lostAt === null ? every : anxious,
        );
    };
    void beat();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [screen, step, help, away]);
}
