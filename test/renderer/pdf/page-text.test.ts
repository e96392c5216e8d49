import { describe, expect, it } from 'vitest';
import { paragraphsOf } from '../../../renderer/pdf/page-text.ts';

type Items = Parameters<typeof paragraphsOf>[0];

/** Words at a baseline `y`, letters 12 high. */
function at(y: number, str: string, hasEOL = false, height = 12): Items[number] {
  return {
    str,
    dir: 'ltr',
    transform: [12, 0, 0, 12, 50, y],
    width: 10,
    height,
    fontName: 'f',
    hasEOL,
  };
}

describe('the words of a page', () => {
  it('become paragraphs: lines joined, a gap starts a new one', () => {
    expect(
      paragraphsOf([
        at(700, 'Avtalen gjelder', true),
        at(685, 'fra januar.', true),
        at(640, 'Leien er 1 250 kroner.', true),
      ]),
    ).toEqual(['Avtalen gjelder fra januar.', 'Leien er 1 250 kroner.']);
  });

  it('keep a heading apart from the text under it', () => {
    expect(paragraphsOf([at(700, 'Leie', true, 18), at(682, 'Leien er lav.', true)])).toEqual([
      'Leie',
      'Leien er lav.',
    ]);
  });

  it('mend words that were divided at the end of a line, and only those', () => {
    expect(paragraphsOf([at(700, 'leie-', true), at(685, 'avtale', true)])).toEqual(['leieavtale']);
    expect(paragraphsOf([at(700, 'Nord-', true), at(685, 'Norge', true)])).toEqual(['Nord- Norge']);
  });

  it('join the pieces of one line as they stand', () => {
    expect(paragraphsOf([at(700, 'Fjell'), at(700, 'vik '), at(700, 'kommune')])).toEqual([
      'Fjellvik kommune',
    ]);
    expect(paragraphsOf([])).toEqual([]);
  });
});
