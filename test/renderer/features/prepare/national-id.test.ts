import { describe, expect, it } from 'vitest';
import { isNationalId } from '../../../../renderer/features/prepare/national-id.ts';

describe('a national identity number', () => {
  it('needs right check digits, spaces or not', () => {
    // Made for tests: month raised by 80 (Tenor), so it is nobody's.
    const synthetic = '13897200001';
    expect(isNationalId(synthetic)).toBe(true);
    expect(isNationalId('138972 00001')).toBe(true);
    expect(isNationalId('13897200002')).toBe(false);
    expect(isNationalId('1389720000')).toBe(false);
    expect(isNationalId('')).toBe(false);
  });

  it('is taken for checked when it comes masked from the archive', () => {
    expect(isNationalId('130972*****')).toBe(true);
  });
});
