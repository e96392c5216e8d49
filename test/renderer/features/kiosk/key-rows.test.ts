import { describe, expect, it } from 'vitest';
import { ownLetters, pagesOf } from '../../../../renderer/features/kiosk/key-rows.ts';

const writings = ['name', 'text', 'email', 'secret'] as const;
const keysOf = (...given: Parameters<typeof pagesOf>) =>
  pagesOf(...given)
    .flat()
    .join('');

describe('the keys on the screen', () => {
  it('write every name with å ø æ, and what an address has', () => {
    for (const narrow of [false, true]) {
      for (const writing of writings)
        for (const letter of 'abcdefghijklmnopqrstuvwxyzæøå')
          expect(keysOf(writing, '', narrow)).toContain(letter);
      for (const letter of '0123456789@.-_+') expect(keysOf('email', '', narrow)).toContain(letter);
      for (const letter of 'éüöäčšžŋł-') expect(keysOf('name', '', narrow)).toContain(letter);
    }
  });

  it('have the letters of the languages that an office has added, each once', () => {
    expect(ownLetters(['Вы Оля?', 'оля'])).toBe('влоыя');
    expect(ownLetters(['Čállosat', 'Smørbrød'])).toBe('');
    expect(keysOf('name', 'влоыя', false)).toContain('влоыя');
  });

  it('are few enough in a row to be pressed, and never the same twice on a page', () => {
    for (const writing of writings)
      for (const narrow of [false, true])
        for (const page of pagesOf(writing, 'אבגדהוזחטיכלמנ', narrow)) {
          for (const row of page) expect([...row].length).toBeLessThanOrEqual(narrow ? 6 : 12);
          const keys = [...page.join('')];
          expect(new Set(keys).size).toBe(keys.length);
        }
  });
});
