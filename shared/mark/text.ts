/** Lines of text fitted into a box: wrapped and shrunk until everything stands in it, never clipped. */

/** What setting text needs to know of a font: all in ems. The core asks the font, a window the canvas. */
export interface TextMeasure {
  readonly descent: number;
  readonly capHeight: number;
  /** Width of a line of size 1. */
  width(text: string): number;
}

export interface SetLine {
  readonly text: string;
  readonly size: number;
  /** Baseline, measured down from the top of the block, in points. */
  readonly baseline: number;
  /** Whether it belongs to the first paragraph (the name). */
  readonly heading: boolean;
}

export interface TextBlock {
  /** Size of the body text in points. */
  readonly size: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly SetLine[];
}

const leading = 1.28;
/** Above this size words stay whole; below it a long word may be broken. */
const comfortable = 5;

function broken(word: string, room: number, width: (text: string) => number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && width(piece + character) > room) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}

/** Greedy wrap to `room` ems; null where a word is too wide and may not be broken. */
function wrapped(
  paragraph: string,
  room: number,
  mayBreak: boolean,
  width: (text: string) => number,
): string[] | null {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (width(longer) <= room) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    if (width(word) <= room) {
      line = word;
      continue;
    }
    if (!mayBreak) return null;
    const pieces = broken(word, room, width);
    // Not even one letter of it has room: only a smaller size helps.
    if (pieces.some((piece) => width(piece) > room)) return null;
    line = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** The paragraphs of a mark: line breaks split, blanks left out. */
export function paragraphsOf(lines: readonly string[]): readonly string[] {
  return lines
    .flatMap((line) => line.split(/\r\n|[\n\r\u0085\u2028\u2029]/))
    .map((line) => line.trim().replace(/\s+/gu, ' '))
    .filter((line) => line !== '');
}

/**
 * The largest setting of `paragraphs`, at most `largest` points, that fits `width` x `height` points.
 * The first paragraph is set `emphasis` times as large as the rest.
 */
export function fitText(
  paragraphs: readonly string[],
  box: { readonly width: number; readonly height: number },
  largest: number,
  emphasis: number,
  setter: TextMeasure,
): TextBlock {
  const cache = new Map<string, number>();
  const width = (text: string): number => {
    let known = cache.get(text);
    if (known === undefined) cache.set(text, (known = setter.width(text)));
    return known;
  };
  const set = (size: number): TextBlock | null => {
    const lines: SetLine[] = [];
    let y = 0;
    let widest = 0;
    let bottom = 0;
    for (const [index, paragraph] of paragraphs.entries()) {
      const own = index === 0 ? size * emphasis : size;
      const pieces = wrapped(paragraph, box.width / own, size < comfortable, width);
      if (pieces === null) return null;
      for (const text of pieces) {
        const baseline = y + own * (lines.length === 0 ? setter.capHeight + 0.06 : leading);
        lines.push({ text, size: own, baseline, heading: index === 0 });
        widest = Math.max(widest, width(text) * own);
        y = baseline;
        bottom = baseline - own * setter.descent * 0.9;
      }
    }
    return bottom > box.height ? null : { size, width: widest, height: bottom, lines };
  };
  // Two per cent a step: fine enough that no eye sees it, and it ends for every positive box.
  let best: TextBlock | null = null;
  for (let size = largest; size > 0.05; size *= 0.98) {
    // A little smaller is better than a date whose zone stands alone on a line of its own.
    if (best !== null && size < best.size * 0.8) break;
    const block = set(size);
    if (block === null) continue;
    if (block.lines.length === paragraphs.length) return block;
    best ??= block;
  }
  return best ?? { size: 0, width: 0, height: 0, lines: [] };
}

/** The split of a name into one to three lines that lets it be set largest in the box. */
export function fitName(
  text: string,
  box: { readonly width: number; readonly height: number },
  largest: number,
  setter: TextMeasure,
): { readonly size: number; readonly lines: readonly string[] } {
  const words = text.trim().split(/\s+/u);
  let best = { size: 0, lines: [text] };
  for (let count = 1; count <= Math.min(3, words.length); count++) {
    const total = setter.width(words.join(' '));
    const lines: string[] = [];
    let line = '';
    for (const [index, word] of words.entries()) {
      const longer = line === '' ? word : `${line} ${word}`;
      const left = words.length - index;
      const full = setter.width(longer) > (total / count) * 1.15;
      if (line !== '' && lines.length < count - 1 && (full || left <= count - 1 - lines.length)) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
    const widest = Math.max(...lines.map((each) => setter.width(each)));
    const tall = 1.02 + (lines.length - 1) * 1.15;
    const size = Math.min(largest, box.width / (widest + 0.16), box.height / tall);
    if (size > best.size * 1.05) best = { size, lines };
  }
  return best;
}
