import { describe, expect, it } from 'vitest';
import { createThrottle, type Tried } from '../../electron/desk/throttle.ts';

function setting() {
  const time = { now: 1_000_000_000 };
  const kept = { tries: {} as Readonly<Record<string, Tried>> };
  const start = () =>
    createThrottle({
      uptime: () => time.now,
      store: { read: () => kept.tries, write: (tries) => void (kept.tries = tries) },
    });
  return { time, kept, start, throttle: start() };
}

describe('wrong tries', () => {
  it('cost more and more time, at most a quarter of an hour, until the right one', () => {
    const { time, throttle } = setting();
    const waits: number[] = [];
    for (let tries = 0; tries < 14; tries++) {
      expect(throttle.begin('k')).toBe(0);
      waits.push(throttle.wait('k'));
      time.now += throttle.wait('k') * 1000;
    }
    expect(waits.slice(0, 6)).toEqual([0, 0, 5, 10, 20, 40]);
    expect(waits.at(-1)).toBe(900);
    expect(throttle.wait('other')).toBe(0);
    throttle.succeeded('k');
    throttle.begin('k');
    expect(throttle.wait('k')).toBe(0);
  });

  it('made all at once do not all pass', () => {
    const { throttle } = setting();
    const answers = Array.from({ length: 50 }, () => throttle.begin('k'));
    expect(answers.filter((seconds) => seconds === 0)).toHaveLength(3);
    expect(throttle.tries('k')).toBe(3);
  });

  it('that came to no answer do not count', () => {
    const { throttle } = setting();
    for (let tries = 0; tries < 20; tries++) {
      expect(throttle.begin('k')).toBe(0);
      throttle.undo('k');
    }
    expect(throttle.tries('k')).toBe(0);
  });

  it('go on waiting in a program that is started anew, and in another one beside it', () => {
    const { time, start, throttle } = setting();
    for (let tries = 0; tries < 3; tries++) throttle.begin('k');
    time.now += 2_000;
    const again = start();
    expect(again.begin('k')).toBe(3);
    time.now += 3_000;
    expect(again.begin('k')).toBe(0);
    expect(throttle.wait('k')).toBe(10);
    again.succeeded('k');
    expect(start().tries('k')).toBe(0);
  });

  it('wait at least as long when the machine itself is started anew', () => {
    const { time, start, throttle } = setting();
    for (let tries = 0; tries < 3; tries++) throttle.begin('k');
    time.now = 1_000;
    const again = start();
    expect(again.begin('k')).toBe(4);
    time.now = 5_000;
    expect(again.begin('k')).toBe(0);
  });

  it('keep counts and nothing else', () => {
    const { kept, throttle } = setting();
    throttle.begin('pin abc');
    expect(kept.tries).toEqual({ 'pin abc': { count: 1, at: 1_000_000_000 } });
  });
});
