import { describe, expect, it } from 'vitest';
import {
  keyOf,
  sees,
  unitsOf,
  wholeOffice,
  type Seen,
  type Viewer,
} from '../../../shared/job/visibility.ts';

const viewer = (user: string, units: readonly string[], records = false): Viewer => ({
  ...{ user, units, records },
});
const job = (unit: string, only: readonly string[] | null = null): Seen => ({
  createdBy: 'maker',
  audience: { unit, only },
});

describe('who sees a job', () => {
  it('is the unit it belongs to, and whoever made it, wherever they are now', () => {
    expect(sees(viewer('kari', ['school']), job('school'))).toBe(true);
    expect(sees(viewer('kari', ['office', 'school']), job('school'))).toBe(true);
    expect(sees(viewer('kari', ['office']), job('school'))).toBe(false);
    expect(sees(viewer('kari', []), job('school'))).toBe(false);
    expect(sees(viewer('maker', ['office']), job('school'))).toBe(true);
  });

  it('is only the people it names, and the unit’s records manager', () => {
    const shielded = job('school', ['kari']);
    expect(sees(viewer('kari', ['office']), shielded)).toBe(true);
    expect(sees(viewer('maker', ['office']), shielded)).toBe(true);
    expect(sees(viewer('ola', ['school']), shielded)).toBe(false);
    expect(sees(viewer('ola', ['school'], true), shielded)).toBe(true);
    expect(sees(viewer('ola', ['office'], true), shielded)).toBe(false);
    expect(sees(viewer('ola', ['school']), job('school', []))).toBe(false);
  });

  it('was everybody before there were units', () => {
    expect(unitsOf({})).toEqual(['office']);
    expect(unitsOf({ units: [] })).toEqual(['office']);
    expect(sees(viewer('kari', unitsOf({})), { createdBy: 'x', audience: wholeOffice })).toBe(true);
  });

  it('never mistakes the name of a unit for another’s', () => {
    expect(keyOf({ unit: 'a', only: null })).not.toBe(keyOf({ unit: 'a', only: [] }));
    expect(
      new Set([keyOf({ unit: 'only:a', only: null }), keyOf({ unit: 'a', only: [] })]).size,
    ).toBe(2);
  });
});
