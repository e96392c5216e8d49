/** Drawn strokes in the unit box of the pad: 0..1, y downwards, as `signing.sign` takes them. */
export interface Point {
  readonly x: number;
  readonly y: number;
  /** Milliseconds since the stroke began, and 0..1: only where the office keeps them. */
  readonly t?: number;
  readonly pressure?: number;
}
export type Stroke = readonly Point[];

/** A tap or a tiny tick is not a signature: at least a tenth of the pad's height of ink, along the line. */
export function isEnoughInk(strokes: readonly Stroke[], aspect: number): boolean {
  let length = 0;
  for (const stroke of strokes) {
    for (const [index, point] of stroke.entries()) {
      const before = stroke[index - 1];
      if (before === undefined) continue;
      length += Math.hypot((point.x - before.x) * aspect, point.y - before.y);
    }
  }
  return length >= 0.25;
}

const digits = (value: number) => Math.round(value * 1000) / 1000;

/** An SVG path through the points, rounded by quadratic curves between their midpoints. */
export function pathOf(stroke: Stroke, place: (point: Point) => Point): string {
  const points = stroke.map(place).map(({ x, y }) => ({ x: digits(x), y: digits(y) }));
  const [first, ...rest] = points;
  if (first === undefined) return '';
  if (rest.length === 0) return `M${first.x} ${first.y}h0.01`;
  let path = `M${first.x} ${first.y}`;
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    path +=
      next === undefined
        ? `L${point.x} ${point.y}`
        : `Q${point.x} ${point.y} ${digits((point.x + next.x) / 2)} ${digits((point.y + next.y) / 2)}`;
  }
  return path;
}

/** Points closer than this (of the pad's height) tell nothing new. */
const nearest = 0.003;
const mostPoints = 5000;

/** Whether `point` is worth keeping after `before`. */
export function isApart(before: Point | undefined, point: Point, aspect: number): boolean {
  return (
    before === undefined || Math.hypot((point.x - before.x) * aspect, point.y - before.y) >= nearest
  );
}

/**
 * How a point was drawn. `before`: when the stroke began, in the event's own milliseconds; null where the
 * office does not keep it, and then nothing is read.
 */
export function dynamicsOf(
  event: { readonly timeStamp: number; readonly pressure: number },
  before: number | null,
): Pick<Point, 't' | 'pressure'> {
  if (before === null) return {};
  return {
    t: Math.min(3_600_000, Math.max(0, Math.round(event.timeStamp - before))),
    pressure: Math.round(Math.min(1, Math.max(0, event.pressure)) * 1000) / 1000,
  };
}

/** As `signing.sign` takes it: rounded to what a screen can tell, bounded as the contract bounds. */
export function toMark(strokes: readonly Stroke[], aspect: number) {
  return {
    type: 'drawn' as const,
    aspect: Math.min(20, Math.max(0.2, aspect)),
    paths: strokes.slice(0, 200).map((stroke) =>
      stroke.slice(0, mostPoints).map(({ x, y, t, pressure }) => ({
        x: Math.round(Math.min(1.2, Math.max(-0.2, x)) * 10000) / 10000,
        y: Math.round(Math.min(1.2, Math.max(-0.2, y)) * 10000) / 10000,
        ...(t === undefined ? {} : { t }),
        ...(pressure === undefined ? {} : { pressure }),
      })),
    ),
  };
}
