import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPresence } from '../../electron/web/presence.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('takes a browser for gone when it neither listens nor asks', () => {
  const gone: string[] = [];
  const presence = createPresence({
    ...{ now: () => performance.now(), patience: 10_000 },
    onGone: (client) => gone.push(client),
  });
  const stop = presence.listening('listens');
  presence.seen('asks');
  presence.seen('left');
  vi.advanceTimersByTime(8_000);
  presence.seen('asks');
  vi.advanceTimersByTime(4_000);
  expect(gone).toEqual(['left']);
  stop();
  vi.advanceTimersByTime(20_000);
  expect(gone).toEqual(['left', 'asks', 'listens']);
  presence.close();
});
