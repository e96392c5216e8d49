import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { authorizeEvent } from '../../electron/rpc/authorize.ts';
import { createEvents } from '../../electron/rpc/events.ts';
import { createSessions, type Standing } from '../../electron/rpc/sessions.ts';
import { homeUnit, wholeOffice } from '../../shared/job/visibility.ts';
import type { HostEvent } from '../../shared/rpc/transport.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const signer: Standing = { state: 'signer', job: 'job-1', signer: 's', clerk: 'c' };

const lookup = {
  job: (id: string) => (id === 'job-3' ? null : { createdBy: 'somebody', audience: wholeOffice }),
  jobOf: () => null,
};

function setting(awayFor: (client: string) => number = () => 0) {
  const sessions = createSessions(nodeRandom);
  const gone: string[] = [];
  const events = createEvents({
    ...{ sessions, lookup, awayFor },
    onGone: (client) => gone.push(client),
  });
  return { sessions, gone, events, client: sessions.open() };
}

describe('a signer’s screen', () => {
  it('is handed back at once when its page on this machine ends, not when it only reloads', () => {
    const { sessions, gone, events, client } = setting();
    const stop = events.listen(client, () => undefined);
    sessions.set(client, signer);
    // A reload: the page is asked for while the old one still listens.
    events.opening(client);
    stop();
    vi.advanceTimersByTime(20_000);
    const again = events.listen(client, () => undefined);
    vi.advanceTimersByTime(60_000);
    expect(gone).toEqual([]);
    again();
    vi.advanceTimersByTime(200);
    expect(gone).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(gone).toEqual([client]);
  });

  it('is not given to whoever opens the window anew after its page has died', () => {
    const { sessions, gone, events, client } = setting();
    const stop = events.listen(client, () => undefined);
    sessions.set(client, signer);
    stop();
    events.opening(client);
    expect(gone).toEqual([client]);
  });

  it('may be without its network for half a minute where it is a machine of its own', () => {
    const { sessions, gone, events, client } = setting();
    const stop = events.listen(client, () => undefined);
    sessions.set(client, { ...signer, at: { screen: 'k', kind: 'paired', by: 'u' } });
    stop();
    events.opening(client);
    vi.advanceTimersByTime(29_000);
    expect(gone).toEqual([]);
    vi.advanceTimersByTime(2_000);
    expect(gone).toEqual([client]);
  });

  it('waits for a signer who is at an e-ID provider, and for their way back', () => {
    let away = 60_000;
    const { sessions, gone, events, client } = setting(() => away);
    const stop = events.listen(client, () => undefined);
    sessions.set(client, signer);
    stop();
    vi.advanceTimersByTime(31_000);
    away = 0;
    events.opening(client);
    vi.advanceTimersByTime(60_000);
    expect(gone).toEqual([]);
    vi.advanceTimersByTime(30_000);
    expect(gone).toEqual([client]);
  });

  it('keeps its second page when the first is closed', () => {
    const { sessions, gone, events, client } = setting();
    const first = events.listen(client, () => undefined);
    events.listen(client, () => undefined);
    sessions.set(client, signer);
    first();
    vi.advanceTimersByTime(120_000);
    expect(gone).toEqual([]);
  });

  it('that was the clerk’s when its page ended has its half minute', () => {
    const { sessions, gone, events, client } = setting();
    events.listen(client, () => undefined)();
    sessions.set(client, signer);
    events.opening(client);
    vi.advanceTimersByTime(29_000);
    expect(gone).toEqual([]);
    vi.advanceTimersByTime(2_000);
    expect(gone).toEqual([client]);
  });

  it('is not missed where nobody was signing', () => {
    const { gone, events, client } = setting();
    events.listen(client, () => undefined)();
    vi.advanceTimersByTime(120_000);
    expect(gone).toEqual([]);
  });
});

describe('an event', () => {
  const all: readonly HostEvent[] = [
    { type: 'job.changed', job: 'job-1' },
    { type: 'job.changed', job: 'job-2' },
    { type: 'archive.changed' },
    { type: 'settings.changed' },
    { type: 'counts', counts: { draft: 1, waiting: 0, stopped: 0, signed: 0, renewal: 0 } },
  ];
  const seen = (standing: Standing) =>
    all
      .filter((event) => authorizeEvent(standing, event, lookup))
      .map((event) => all.indexOf(event));

  it('reaches only who may see what it speaks of', () => {
    const operator = (role: 'handler' | 'records' | 'admin' | 'reader'): Standing => ({
      ...{ state: 'operator', user: 'u', units: [homeUnit] },
      roles: [role],
    });
    expect(seen({ state: 'visitor', resume: null })).toEqual([]);
    expect(seen({ state: 'visitor', resume: { user: 'u', from: 'desk' } })).toEqual([]);
    expect(seen(signer)).toEqual([0]);
    expect(seen(operator('admin'))).toEqual([3]);
    for (const role of ['handler', 'records', 'reader'] as const)
      expect(seen(operator(role))).toEqual([0, 1, 2, 3, 4]);
  });

  it('is asked for anew at every change of standing', () => {
    const { sessions, events, client } = setting();
    const heard: string[] = [];
    events.listen(client, (event) => heard.push(event.type));
    events.emit({ type: 'job.changed', job: 'job-1' });
    sessions.set(client, signer);
    events.emit({ type: 'job.changed', job: 'job-1' });
    sessions.set(client, { state: 'visitor', resume: { user: 'c', from: 'kiosk' } });
    events.emit({ type: 'job.changed', job: 'job-1' });
    expect(heard).toEqual(['job.changed']);
  });

  it('ends with the client: a forgotten one is a visitor', () => {
    const { sessions, client } = setting();
    sessions.set(client, signer);
    sessions.close(client);
    expect(sessions.standing(client)).toEqual({ state: 'visitor', resume: null });
    sessions.set(client, signer);
    expect(sessions.standing(client).state).toBe('visitor');
  });
});
