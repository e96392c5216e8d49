import { describe, expect, it } from 'vitest';
import {
  formatOrganisationNumber,
  isOrganisationNumber,
} from '../../shared/organisation-number.ts';

describe('organisation numbers', () => {
  it('accepts real ones, with and without spaces', () => {
    for (const number of ['974760673', '974 760 673', '889640782', '984661185'])
      expect(isOrganisationNumber(number), number).toBe(true);
  });

  it('refuses a wrong check digit, two digits changed about, and other lengths', () => {
    for (const number of ['974760674', '974706673', '97476067', '9747606733', '', 'abcdefghi'])
      expect(isOrganisationNumber(number), number).toBe(false);
  });

  it('refuses numbers that no register gives out', () => {
    // The check digit fits, but organisation numbers begin with 8 or 9.
    expect(isOrganisationNumber('123456785')).toBe(false);
  });

  it('writes them in groups of three', () => {
    expect(formatOrganisationNumber('974760673')).toBe('974 760 673');
  });
});
