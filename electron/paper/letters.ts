/** Text for whole documents: two weights of one family, lines that break, characters no font has. */
import { createTextSetter } from '../core/pdf/font.ts';
import type { FontFiles, TextSetter } from '../core/pdf/font.ts';
import type { PdfObject, PdfRef } from '../core/pdf/objects.ts';
import { Refusal } from '../../shared/result.ts';
import { number } from './ink.ts';

export type Weight = 'regular' | 'bold';

export interface Letters {
  width(text: string, size: number, weight: Weight): number;
  /** Lines no wider than `width`; a word that is wider by itself is broken. */
  lines(text: string, size: number, weight: Weight, width: number): readonly string[];
  /** Operators that show a line where the text matrix stands. */
  show(text: string, size: number, weight: Weight): string;
  /** The fonts used so far, by the names that `show` gave them. */
  embed(add: (object: PdfObject) => PdfRef): Readonly<Record<string, PdfRef>>;
}

export function createLetters(fonts: Readonly<Record<Weight, FontFiles>>): Letters {
  const setters = { regular: createTextSetter(fonts.regular), bold: createTextSetter(fonts.bold) };
  const cleans = { regular: cleaner(setters.regular), bold: cleaner(setters.bold) };
  const width = (text: string, size: number, weight: Weight) =>
    setters[weight].width(cleans[weight](text)) * size;
  return {
    width,
    lines(text, size, weight, room) {
      const lines: string[] = [];
      let line = '';
      for (const word of text.split(/\s+/).flatMap((one) => broken(one, room, size, weight))) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (line !== '' && width(longer, size, weight) > room) {
          lines.push(line);
          line = word;
        } else line = longer;
      }
      return [...lines, line];
    },
    show(text, size, weight) {
      const prefix = weight === 'bold' ? 'B' : 'R';
      return setters[weight]
        .runs(cleans[weight](text))
        .map((run) => `/${prefix}${run.font} ${number(size)} Tf <${run.codes}> Tj`)
        .join(' ');
    },
    embed(add) {
      const named = (prefix: string, setter: TextSetter) =>
        Object.entries(setter.embed(add)).map(([name, ref]) => [`${prefix}${name}`, ref] as const);
      return Object.fromEntries([...named('R', setters.regular), ...named('B', setters.bold)]);
    },
  };

  function broken(word: string, room: number, size: number, weight: Weight): readonly string[] {
    const pieces: string[] = [];
    let rest = word;
    while (width(rest, size, weight) > room && rest.length > 1) {
      let count = rest.length - 1;
      while (count > 1 && width(rest.slice(0, count), size, weight) > room) count -= 1;
      pieces.push(rest.slice(0, count));
      rest = rest.slice(count);
    }
    return [...pieces, rest];
  }
}

/**
 * A page about a signing must come whatever somebody is called: a character that no font has is told
 * by its number instead of dropped.
 */
function cleaner(setter: TextSetter): (text: string) => string {
  const known = new Map<string, string>();
  const cleaned = (character: string): string => {
    let shown = known.get(character);
    if (shown === undefined) {
      shown = has(setter, character) ? character : named(character);
      known.set(character, shown);
    }
    return shown;
  };
  return (text) => Array.from(text.normalize('NFC'), cleaned).join('');
}

function has(setter: TextSetter, character: string): boolean {
  try {
    setter.width(character);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function named(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}
