import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRecoveryCode, readRecoveryCode } from '../../electron/archive/recovery-code.ts';
import { random } from './scene.ts';

describe('a recovery code', () => {
  it('has seven groups of four characters that nobody mixes up', () => {
    expect(makeRecoveryCode(random)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  it('is read back however it is typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 26, maxLength: 26 }), (bytes) => {
        const code = makeRecoveryCode({ bytes: () => bytes });
        const typed = ` ${code.toLowerCase().replaceAll('-', '–').replaceAll('1', 'l')} `;
        expect(readRecoveryCode(typed)).toBe(code);
      }),
    );
  });

  it('notices swapped and wrong characters nearly always', () => {
    let missed = 0;
    for (let round = 0; round < 2_000; round++) {
      const code = makeRecoveryCode(random);
      const wrong = `${code.slice(0, 10)}${code[10] === '7' ? '8' : '7'}${code.slice(11)}`;
      if (wrong !== code && readRecoveryCode(wrong) !== null) missed++;
    }
    expect(missed).toBeLessThan(20);
  });

  it('refuses what is not one', () => {
    for (const typed of ['', 'hunter2', 'U'.repeat(28), 'æøå'])
      expect(readRecoveryCode(typed)).toBeNull();
  });
});
