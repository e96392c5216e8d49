/**
 * Whether the program answers a kiosk that is a machine of its own. A network that is gone says nothing:
 * calls would wait for ever, and nobody would know whether a signature arrived. So each call that may be
 * made twice waits for the contact to come back and asks again; the program answers a repeated one with
 * what it did the first time.
 */
import { create } from 'zustand';
import type { ScreenKind } from '../../shared/rpc/views-screen.ts';

/** So long a signer may wait for the contact to come back, in milliseconds; then the screen is wiped. */
export const contactLimit = 60_000;

interface Contact {
  /** Of a window that is a kiosk alone. */
  readonly screen: ScreenKind | null;
  /** When the contact was lost, by the page's own clock; null while the program answers. */
  readonly lostAt: number | null;
  /** Nothing of the signer may stand here any more. */
  readonly wiped: boolean;
}

export const useContact = create<Contact>(() => ({ screen: null, lostAt: null, wiped: false }));

let underWay = new AbortController();
let waiting: (() => void)[] = [];

/** Ends with the contact: a call that waits for a network that is gone. */
export function contactSignal(): AbortSignal | null {
  return useContact.getState().screen === null ? null : underWay.signal;
}

export function contactLost(): void {
  const { screen, lostAt } = useContact.getState();
  if (screen === null || lostAt !== null) return;
  useContact.setState({ lostAt: performance.now() });
  underWay.abort();
  underWay = new AbortController();
}

export function contactBack(): void {
  if (useContact.getState().lostAt === null) return;
  useContact.setState({ lostAt: null });
  const released = waiting;
  waiting = [];
  for (const go of released) go();
}

/** At once while there is contact. */
export function untilContact(): Promise<void> {
  if (useContact.getState().lostAt === null) return Promise.resolve();
  return new Promise((resolve) => {
    waiting.push(resolve);
  });
}

/** The screen is emptied here and now; what the program must be told is told when it answers again. */
export function wipe(): void {
  useContact.setState({ wiped: true });
}
