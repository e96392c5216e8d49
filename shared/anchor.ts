/**
 * Fields placed by the words of a document: at «Leietakers underskrift», or at marks like `{{sign:1}}`
 * that whoever wrote the document put there. Pure; where the words stand comes from `text-places.ts`.
 */
import type { Placement } from './document.ts';
import type { FieldKind } from './job/field.ts';
import type { TextBox, TextPlace } from './text-places.ts';

/** Where the field stands beside the words. */
export const sides = ['above', 'below', 'right', 'over'] as const;
export type Side = (typeof sides)[number];

export interface Anchor {
  readonly text: string;
  /** Which of the hits, in reading order from 1; every one of them where absent. */
  readonly which?: number;
  readonly side?: Side;
  /** Moved by so many points, to the right and down. */
  readonly dx?: number;
  readonly dy?: number;
}

export interface TextHit {
  /** 0-based. */
  readonly page: number;
  readonly box: TextBox;
  /** The line it stands in. */
  readonly line: string;
}

interface Glyph {
  readonly character: string;
  readonly box: TextBox;
}

/** Runs of one line, read from left to right; apart by no more than a wide blank. */
interface Line {
  readonly glyphs: Glyph[];
  readonly last: TextPlace;
}

/** Each run's letters share its width. */
function glyphsOf(place: TextPlace): Glyph[] {
  const letters = [...place.text];
  const upright = place.height > place.width && letters.length > 2;
  return letters.map((character, index) => {
    const part = (upright ? place.height : place.width) / Math.max(1, letters.length);
    const box = upright
      ? { x: place.x, y: place.y + index * part, width: place.width, height: part }
      : { x: place.x + index * part, y: place.y, width: part, height: place.height };
    return { character, box };
  });
}

function linesOf(places: readonly TextPlace[]): readonly (readonly Glyph[])[] {
  const lines: Line[] = [];
  for (const place of places) {
    if (place.text === '') continue;
    const before = lines.at(-1);
    const gap = before === undefined ? Infinity : place.x - (before.last.x + before.last.width);
    const same =
      before !== undefined &&
      Math.abs(before.last.baseline - place.baseline) < 0.5 * Math.max(1, place.height) &&
      gap > -2 &&
      gap < 6 * Math.max(1, place.height);
    if (!same) lines.push({ glyphs: glyphsOf(place), last: place });
    else {
      const { height } = place;
      const blank = { x: before.last.x + before.last.width, y: place.y, width: gap, height };
      const apart = gap > 0.12 * height && !/^\s/.test(place.text);
      lines[lines.length - 1] = {
        glyphs: [
          ...before.glyphs,
          ...(apart ? [{ character: ' ', box: blank }] : []),
          ...glyphsOf(place),
        ],
        last: place,
      };
    }
  }
  return lines.map(({ glyphs }) => glyphs);
}

function around(glyphs: readonly Glyph[]): TextBox {
  const x = Math.min(...glyphs.map(({ box }) => box.x));
  const y = Math.min(...glyphs.map(({ box }) => box.y));
  return {
    ...{ x, y },
    width: Math.max(...glyphs.map(({ box }) => box.x + box.width)) - x,
    height: Math.max(...glyphs.map(({ box }) => box.y + box.height)) - y,
  };
}

/** The line as it is compared: blanks made one, letters small; with the glyph behind each letter. */
function comparable(glyphs: readonly Glyph[]): { readonly text: string; readonly at: number[] } {
  let text = '';
  const at: number[] = [];
  for (const [index, { character }] of glyphs.entries()) {
    const plain = /\s/u.test(character) ? ' ' : character.normalize('NFKC').toLocaleLowerCase('nb');
    if (plain === ' ' && (text === '' || text.endsWith(' '))) continue;
    for (const unit of Array.from({ length: plain.length }, (_, i) => plain[i] ?? '')) {
      text += unit;
      at.push(index);
    }
  }
  return { text, at };
}

/** Every place of a page where these words stand within a line; case and the number of blanks do not count. */
export function findText(
  places: readonly TextPlace[],
  page: number,
  words: string,
): readonly TextHit[] {
  const wanted = words.normalize('NFKC').toLocaleLowerCase('nb').trim().replace(/\s+/gu, ' ');
  if (wanted === '') return [];
  return linesOf(places).flatMap((glyphs) => {
    const { text, at } = comparable(glyphs);
    const line = glyphs.map(({ character }) => character).join('');
    const hits: TextHit[] = [];
    for (let from = text.indexOf(wanted); from >= 0; from = text.indexOf(wanted, from + 1)) {
      const first = at[from] ?? 0;
      const last = at[from + wanted.length - 1] ?? first;
      const box = around(glyphs.slice(first, last + 1));
      hits.push({ page, box, line: line.trim().slice(0, 200) });
      from += wanted.length - 1;
    }
    return hits;
  });
}

export interface FieldTag extends TextHit {
  readonly kind: FieldKind;
  /** From 1. */
  readonly signer: number;
  /** What is asked; may be empty. */
  readonly label: string;
}

const kinds: Readonly<Record<string, FieldKind>> = {
  ...{ sign: 'signature', signature: 'signature', initials: 'initials', date: 'date' },
  ...{ name: 'name', text: 'text', check: 'check' },
};
const tag = /\{\{\s*([a-z]+)\s*:\s*(\d{1,3})\s*(?::\s*([^{}]{1,120}?)\s*)?\}\}/giu;

/** The marks of a page: `{{sign:1}}`, `{{date:2}}`, `{{text:1:Account number}}`. Others are left alone. */
export function findTags(places: readonly TextPlace[], page: number): readonly FieldTag[] {
  return linesOf(places).flatMap((glyphs) => {
    const line = glyphs.map(({ character }) => (/\s/u.test(character) ? ' ' : character));
    // One unit a glyph, so that a match tells its glyphs.
    const text = line.map((character) => (character.length === 1 ? character : '\ufffd')).join('');
    return [...text.matchAll(tag)].flatMap((match) => {
      const kind = kinds[(match[1] ?? '').toLowerCase()];
      const signer = Number(match[2]);
      if (kind === undefined || signer < 1) return [];
      const box = around(glyphs.slice(match.index, match.index + match[0].length));
      return [{ page, box, line: text.trim().slice(0, 200), kind, signer, label: match[3] ?? '' }];
    });
  });
}

/** The place of a field of that size beside a hit, kept on its page. */
export function besideHit(
  { page, box }: Pick<TextHit, 'page' | 'box'>,
  field: { readonly width: number; readonly height: number },
  { side = 'above', dx = 0, dy = 0 }: Pick<Anchor, 'side' | 'dx' | 'dy'>,
  size: { readonly width: number; readonly height: number },
): Placement {
  const gap = 3;
  const corner = {
    above: { x: box.x, y: box.y - field.height - gap },
    below: { x: box.x, y: box.y + box.height + gap },
    right: { x: box.x + box.width + gap, y: box.y + (box.height - field.height) / 2 },
    over: { x: box.x, y: box.y + box.height - field.height },
  }[side];
  const width = Math.min(field.width, size.width);
  const height = Math.min(field.height, size.height);
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return {
    page,
    x: tenth(Math.min(Math.max(0, corner.x + dx), size.width - width)),
    y: tenth(Math.min(Math.max(0, corner.y + dy), size.height - height)),
    ...{ width, height },
  };
}
