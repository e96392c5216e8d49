/** What stands on a page: blocks that know their height before they are drawn. */
import { circle, fill, number, roundBox, type Colour } from './ink.ts';
import type { Letters, Weight } from './letters.ts';

/** Standard structure types (ISO 32000-2, 14.8.4). */
export type Role = 'H1' | 'H2' | 'H3' | 'P';

/** Where blocks draw: `mark` puts text under an element of the structure, `decorate` beside all of them. */
export interface Surface {
  mark(role: Role, operators: string): void;
  decorate(operators: string): void;
}

export interface Block {
  readonly height: number;
  /** `x`, `top` in points from the lower left corner of the page. */
  draw(on: Surface, x: number, top: number): void;
}

export interface TextStyle {
  readonly size?: number;
  readonly weight?: Weight;
  readonly colour: Colour;
  readonly role?: Role;
  /** Line height by the size. */
  readonly leading?: number;
}

export function text(letters: Letters, words: string, width: number, style: TextStyle): Block {
  const { size = 9.5, weight = 'regular', colour, role = 'P', leading = 1.45 } = style;
  const lines = letters.lines(words, size, weight, width);
  const step = size * leading;
  return {
    height: lines.length * step,
    draw(on, x, top) {
      // The first baseline: the line is centred on its capitals.
      const first = top - (step + size * 0.72) / 2;
      const set = lines.map(
        (line, index) =>
          `1 0 0 1 ${number(x)} ${number(first - index * step)} Tm ${letters.show(line, size, weight)}`,
      );
      on.mark(role, [fill(colour), 'BT', ...set, 'ET'].join('\n'));
    },
  };
}

export function stack(blocks: readonly Block[], gap = 0): Block {
  const height = blocks.reduce((sum, block) => sum + block.height, 0);
  return {
    height: height + gap * Math.max(0, blocks.length - 1),
    draw(on, x, top) {
      let at = top;
      for (const block of blocks) {
        block.draw(on, x, at);
        at -= block.height + gap;
      }
    },
  };
}

/** Blocks side by side, each from its own place to the right. */
export function row(cells: readonly { readonly at: number; readonly block: Block }[]): Block {
  return {
    height: Math.max(0, ...cells.map(({ block }) => block.height)),
    draw(on, x, top) {
      for (const { at, block } of cells) block.draw(on, x + at, top);
    },
  };
}

export function card(
  block: Block,
  width: number,
  { padding = 12, colour, bar }: { readonly padding?: number; colour: Colour; bar?: Colour },
): Block {
  const height = block.height + 2 * padding;
  return {
    height,
    draw(on, x, top) {
      on.decorate(roundBox({ x, y: top - height, width, height }, 8, colour));
      if (bar !== undefined)
        on.decorate(roundBox({ x, y: top - height, width: 3, height }, 1.5, bar));
      block.draw(on, x + padding, top - padding);
    },
  };
}

/** A number in a filled circle. */
export function badge(letters: Letters, value: number, colour: Colour): Block {
  const words = String(value);
  const size = 10;
  return {
    height: 20,
    draw(on, x, top) {
      on.decorate(circle(x + 10, top - 10, 10, colour));
      const left = x + 10 - letters.width(words, size, 'bold') / 2;
      const place = `1 0 0 1 ${number(left)} ${number(top - 13.6)} Tm`;
      on.mark('P', `1 1 1 rg\nBT ${place} ${letters.show(words, size, 'bold')} ET`);
    },
  };
}

export function rule(width: number, colour: Colour): Block {
  return {
    height: 0.75,
    draw: (on, x, top) =>
      on.decorate(`${fill(colour)} ${[x, top - 0.75, width, 0.75].map(number).join(' ')} re f`),
  };
}
