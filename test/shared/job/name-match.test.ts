import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameMatch } from '../../../shared/job/name-match.ts';

describe('names on cards and in logins', () => {
  it.each([
    ['Kari Nordmann', 'Kari Nordmann'],
    ['Kari Nordmann', 'KARI NORDMANN'],
    ['Kari Nordmann', '  kari   nordmann '],
    ['Anne-Marie Berg', 'Anne Marie Berg'],
    ['Øyvind Åsen', 'ØYVIND ÅSEN'],
    // Å as one character and as A with a ring.
    ['Åse Berg', 'A\u030ase Berg'],
  ])('%s is the same as %s', (wanted, shown) => {
    expect(nameMatch(wanted, shown)).toBe('same');
  });

  it.each([
    ['Kari Nordmann', 'NORDMANN KARI'],
    ['Kari Nordmann', 'Nordmann, Kari'],
    ['Kari Nordmann', 'Kari Anne Nordmann'],
    ['Kari Anne Nordmann', 'Kari Nordmann'],
    ['Kari Anne Nordmann', 'Kari A. Nordmann'],
    ['Øyvind Åsen', 'OEYVIND AASEN'],
    ['Øyvind Åsen', 'OYVIND ASEN'],
    ['Åse Sæther', 'Aase Saether'],
    ['José Nuñez', 'Jose Nunez'],
    ['Anne-Marie Berg', 'Berg Anne'],
  ])('%s is similar to %s', (wanted, shown) => {
    expect(nameMatch(wanted, shown)).toBe('similar');
  });

  it.each([
    ['Kari Nordmann', 'Ola Nordmann'],
    ['Kari Nordmann', 'Kari Hansen'],
    ['Kari Nordmann', 'Kari'],
    ['Kari Nordmann', 'K Nordmann'],
    ['Kari Anne Nordmann', 'Kari Lise Nordmann'],
    ['Kari Nordmann', ''],
    ['Kari Kari', 'Kari Nordmann'],
    ['A B', 'Anne Berg'],
    ['Kari Nordmann', '---'],
  ])('%s is another than %s', (wanted, shown) => {
    expect(nameMatch(wanted, shown)).toBe('different');
  });

  const word = fc.string({ unit: fc.constantFrom(...'abdefgkløæårs'), minLength: 2, maxLength: 9 });
  const name = fc.array(word, { minLength: 2, maxLength: 4 });

  it('answers the same whichever of the two comes first', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(nameMatch(one, other)).toBe(nameMatch(other, one));
      }),
    );
  });

  it('is the same in capitals, and never another one for its order or a name in the middle', () => {
    fc.assert(
      fc.property(name, word, (words, middle) => {
        const whole = words.join(' ');
        expect(nameMatch(whole, whole.toUpperCase())).toBe('same');
        expect(nameMatch(whole, [...words].reverse().join(' '))).not.toBe('different');
        expect(nameMatch(whole, [words[0], middle, ...words.slice(1)].join(' '))).not.toBe(
          'different',
        );
      }),
    );
  });

  it('is another one where no word is shared', () => {
    const left = fc.array(fc.string({ unit: fc.constantFrom(...'bdfg'), minLength: 2 }), {
      minLength: 1,
      maxLength: 4,
    });
    const right = fc.array(fc.string({ unit: fc.constantFrom(...'klmn'), minLength: 2 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(left, right, (one, other) => {
        expect(nameMatch(one.join(' '), other.join(' '))).toBe('different');
      }),
    );
  });
});
