import { describe, expect, it } from 'vitest';
import { createThrottle } from '../../electron/desk/throttle.ts';

function setting() {
  const time = { now: 1_000_000_000 };
  return { time, throttle: createThrottle({ now: () => new Date(time.now) }) };
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

  it('keep nobody out for the hours by which the clock was set back', () => {
    const { time, throttle } = setting();
    for (let tries = 0; tries < 3; tries++) throttle.begin('k');
    time.now -= 24 * 3600 * 1000;
    expect(throttle.wait('k')).toBe(5);
    time.now += 5_000;
    expect(throttle.begin('k')).toBe(0);
    // Nor does setting it forward and back again buy a try.
    expect(throttle.wait('k')).toBe(10);
  });
});
