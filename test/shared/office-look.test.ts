import { describe, expect, it } from 'vitest';
import {
  contrast,
  isReadable,
  leastContrast,
  readable,
  restInk,
} from '../../shared/office-look.ts';

describe('the office’s colour', () => {
  it('is measured as WCAG measures it', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 2);
    expect(contrast('#123456', '#123456')).toBe(1);
  });
  it('is made as much darker as light words need, and no more', () => {
    for (const colour of ['#ffd400', '#ff0000', '#00ff00', '#9ecbff', '#ffffff', '#1f5143']) {
      const fit = readable(colour);
      expect(contrast(fit, restInk)).toBeGreaterThanOrEqual(leastContrast);
      if (isReadable(colour)) expect(fit).toBe(colour);
    }
  });
});
