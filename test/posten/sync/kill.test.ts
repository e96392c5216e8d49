import { expect, it } from 'vitest';
import { runPostenSync } from '../../shows/posten-sync.ts';

it('loses, repeats and confirms too early nothing, with faults at every step and the process killed', async () => {
  const { problems, states, faults } = await runPostenSync(20, 5);
  expect(problems).toEqual([]);
  expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(20);
  expect(faults).toBeGreaterThan(0);
}, 180_000);
