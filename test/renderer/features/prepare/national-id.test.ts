import { describe, expect, it } from 'vitest';
import {
  isMadeToTest,
  isSameBirth,
  troubleWith,
} from '../../../../renderer/features/prepare/national-id.ts';

// Made for tests: month raised by 80 (Tenor), so it is nobody's.
const synthetic = '13897200001';

describe('a national identity number as it is typed', () => {
  it.each([
    [synthetic, true, null],
    ['138972 00001', true, null],
    [synthetic, false, 'synthetic'],
    ['13897200002', true, 'digits'],
    ['1389720000', true, 'length'],
    ['13897200001x', true, 'length'],
    ['30028000029', true, 'date'],
    ['', true, 'length'],
    // Checked when it was written.
    ['130972*****', false, null],
  ])('%s with a trial seal %s: %s', (text, trial, trouble) => {
    expect(troubleWith(text, trial)).toBe(trouble);
  });

  it('is said to be made for testing where it is', () => {
    expect(isMadeToTest(synthetic)).toBe(true);
    expect(isMadeToTest('01018000055')).toBe(false);
  });

  it.each([
    [synthetic, '1972-09-13', true],
    [synthetic, '1972-09-14', false],
    ['138972*****', '1972-09-13', true],
    ['530972*****', '1972-09-13', true],
    ['138972*****', '1973-09-13', false],
    ['138972*****', '1972-08-13', false],
  ])('%s and %s are the same birth: %s', (nationalId, birthDate, same) => {
    expect(isSameBirth(nationalId, birthDate)).toBe(same);
  });
});
