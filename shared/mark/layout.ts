/** Where mark, rule and text stand in the box: beneath one another or side by side, whichever reads best. */
import { fitText } from './text.ts';
import type { TextBlock, TextMeasure } from './text.ts';

/** A box in form space: points, origin at the lower left, y upwards. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly mark: Area | null;
  /** Whether the mark sits on the rule beneath it or floats in the middle of its area. */
  readonly seated: boolean;
  readonly rule: {
    readonly x0: number;
    readonly y0: number;
    readonly x1: number;
    readonly y1: number;
  } | null;
  readonly ruleWidth: number;
  readonly text: { readonly block: TextBlock; readonly x: number; readonly top: number } | null;
}

const clamp = (low: number, value: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** Size that small print is comfortable to read at; more adds nothing. */
const readable = 7.5;

function drawn(area: Area, aspect: number): number {
  const width = Math.min(area.width, area.height * aspect);
  return (width * width) / aspect;
}

/**
 * Lays out a box of `width` x `height` points.
 *
 * @param aspect width / height of the mark; null where there is only text
 * @param paragraphs the text, the name first; empty for none
 */
export function layOut(
  width: number,
  height: number,
  aspect: number | null,
  paragraphs: readonly string[],
  setter: () => TextMeasure,
): Layout {
  const small = Math.min(width, height);
  const margin = clamp(small * 0.02, small * 0.06, 5);
  const inner: Area = {
    x: margin,
    y: margin,
    width: width - 2 * margin,
    height: height - 2 * margin,
  };
  const ruleWidth = clamp(0.25, small * 0.012, 0.6);
  const none = { seated: false, rule: null, ruleWidth, text: null };
  if (paragraphs.length === 0) return { mark: aspect === null ? null : inner, ...none };

  const largest = clamp(5, Math.min(width * 0.06, height * 0.17), 10);
  const emphasis = paragraphs.length > 1 ? 1.18 : 1;
  if (aspect === null) {
    const block = fitText(paragraphs, inner, largest * 1.2, emphasis * 1.1, setter());
    const top = inner.y + (inner.height + block.height) / 2;
    return { ...none, mark: null, text: { block, x: inner.x, top } };
  }

  const gap = clamp(small * 0.02, small * 0.05, 4);
  const candidates: { readonly layout: Layout; readonly worth: number }[] = [];
  const weigh = (layout: Layout, mark: Area, block: TextBlock, bonus: number): void => {
    const reads = Math.min(1, block.size / readable);
    const shows = Math.min(1, drawn(mark, aspect) / (0.4 * width * height));
    const whole = 0.86 ** (block.lines.length - paragraphs.length);
    candidates.push({ layout, worth: bonus * reads * whole * Math.sqrt(shows) });
  };
  for (const share of [0.3, 0.38, 0.46, 0.54]) {
    const room = { width: inner.width, height: inner.height * share };
    const block = fitText(paragraphs, room, largest, emphasis, setter());
    const y = inner.y + block.height + gap;
    const mark = { ...inner, y: y + gap, height: inner.y + inner.height - y - gap };
    if (mark.height <= 0) continue;
    weigh(
      {
        mark,
        seated: true,
        rule: { x0: inner.x, y0: y, x1: inner.x + inner.width, y1: y },
        ruleWidth,
        text: { block, x: inner.x, top: y - gap },
      },
      mark,
      block,
      1.12,
    );
  }
  for (const share of [0.36, 0.46, 0.56]) {
    const between = clamp(gap, height * 0.12, 8);
    const room = { width: inner.width * share - between, height: inner.height };
    const block = fitText(paragraphs, room, largest, emphasis, setter());
    // As wide as the mark needs: in a long low box the text follows it instead of fleeing to the far end.
    const most = inner.width - block.width - 2 * between;
    const mark = { ...inner, width: Math.min(most, inner.height * aspect) };
    if (mark.width <= 0) continue;
    const ruleX = inner.x + mark.width + between;
    const x = ruleX + between;
    weigh(
      {
        mark,
        seated: false,
        rule: { x0: ruleX, y0: inner.y, x1: ruleX, y1: inner.y + inner.height },
        ruleWidth,
        text: { block, x, top: inner.y + (inner.height + block.height) / 2 },
      },
      mark,
      block,
      1,
    );
  }
  const best = candidates.reduce(
    (a, b) => (b.worth > a.worth ? b : a),
    candidates[0] ?? {
      layout: { ...none, mark: inner },
      worth: 0,
    },
  );
  return best.layout;
}
