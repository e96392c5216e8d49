import { expect, it } from 'vitest';
import { stackOf } from '../../electron/rpc/stack-of.ts';

it('says where it broke and nothing of what somebody wrote', () => {
  const error = new Error('Kari Nordmann\n01018000055 is no number\n    on two lines');
  expect(stackOf(error)).not.toMatch(/Kari|01018000055|two lines/);
  expect(stackOf(error)).toMatch(/^Error at .*stack-of\.test\.ts/);
  expect(stackOf('Kari Nordmann')).toBe('string');
});
