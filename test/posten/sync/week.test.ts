import { describe, expect, it } from 'vitest';
import { createPace } from '../../../electron/posten/pace.ts';
import { runPostenWeek } from '../../shows/posten-week.ts';

describe('several programs of one organisation', () => {
  it('ask no queue before its time and never too much in a second', async () => {
    const week = await runPostenWeek(3, 2, 0.6);
    expect(week).toMatchObject({ early: 0, blocks: 0 });
    expect(week.busiestSecond).toBeLessThanOrEqual(10);
    expect(week.returned).toBeGreaterThan(0);
  }, 120_000);

  it('each have a moment of their own', async () => {
    const times: number[] = [];
    for (let place = 0; place < 20; place++) {
      let now = 1_000_000;
      const clock = {
        now: () => new Date(now),
        sleep: (milliseconds: number) => {
          now += milliseconds;
          return Promise.resolve();
        },
      };
      const pace = createPace(clock, { of: 20, place, now: () => now });
      for (let call = 0; call < 5; call++) {
        await pace.enter(null);
        times.push(now);
        pace.leave();
      }
    }
    const busiest = Math.max(
      ...times.map((at) => times.filter((other) => other >= at && other < at + 1000).length),
    );
    expect(busiest).toBeLessThanOrEqual(10);
  });
});
