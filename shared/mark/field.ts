/** How what is filled in stands in its box: the core draws it so into the document, the kiosk on the screen. */
import type { Area } from './layout.ts';
import { fitName, fitText, paragraphsOf } from './text.ts';
import type { TextMeasure } from './text.ts';

export interface FieldSize {
  readonly width: number;
  readonly height: number;
}

/** Largest size of filled-in text, in points: that of ordinary documents. */
const largest = 12;

/** The part of a box that is written in; y counts upwards from its foot. */
export function fieldArea({ width, height }: FieldSize): Area {
  const pad = Math.min(2, width / 8, height / 8);
  return { x: pad, y: pad, width: width - 2 * pad, height: height - 2 * pad };
}

export interface FieldLine {
  readonly text: string;
  readonly size: number;
  readonly x: number;
  /** Of the baseline, upwards from the foot of the box. */
  readonly y: number;
}

/** Text, as large as print and smaller where it would not fit, in the middle of the height. */
export function layFieldText(
  value: string,
  box: FieldSize,
  measure: TextMeasure,
): readonly FieldLine[] {
  const { x, y, width, height } = fieldArea(box);
  const block = fitText(paragraphsOf([value]), { width, height }, largest, 1, measure);
  const top = y + (height + block.height) / 2;
  return block.lines.map(({ text, size, baseline }) => ({ text, size, x, y: top - baseline }));
}

/** Where initials are written as by hand: in the middle of the box. */
export function layInitials(value: string, box: FieldSize, measure: TextMeasure): Area {
  const area = fieldArea(box);
  const { size } = fitName(value, area, 30, measure);
  const room = area.width - measure.width(value) * size;
  return { ...area, x: area.x + Math.max(0, room / 2 - size * 0.08) };
}

/** The largest square in the middle of the box, and the tick in it; y upwards. */
export function layTick({ width, height }: FieldSize): {
  readonly frame: { readonly x: number; readonly y: number; readonly side: number };
  readonly frameWidth: number;
  readonly tick: readonly (readonly [x: number, y: number])[];
  readonly pen: number;
} {
  const side = Math.max(1, Math.min(width, height) - 1);
  const x = (width - side) / 2;
  const y = (height - side) / 2;
  const at = (dx: number, dy: number) => [x + dx * side, y + dy * side] as const;
  return {
    frame: { x, y, side },
    frameWidth: 0.9,
    tick: [at(0.2, 0.5), at(0.42, 0.26), at(0.82, 0.78)],
    pen: Math.max(1.2, side / 9),
  };
}
