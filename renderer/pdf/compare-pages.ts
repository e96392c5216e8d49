/** What looks different on two pictures of one page, and which words do. */

/** Fractions of the page, from its top left corner. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row. */
  readonly data: Uint8ClampedArray;
}

/** Cells of so many pixels are looked at together: letters that belong together make one area. */
const cell = 12;
/** Of 255: below this two drawings of the same thing may differ at their edges. */
const tolerance = 40;

/** Areas in reading order; the whole page where the two have not the same size. */
export function differingAreas(one: Picture, other: Picture): readonly Area[] {
  if (one.width !== other.width || one.height !== other.height)
    return [{ x: 0, y: 0, width: 1, height: 1 }];
  const columns = Math.ceil(one.width / cell);
  const rows = Math.ceil(one.height / cell);
  const differs = new Uint8Array(columns * rows);
  for (let y = 0; y < one.height; y++)
    for (let x = 0; x < one.width; x++) {
      const at = 4 * (y * one.width + x);
      for (let channel = at; channel < at + 3; channel++)
        if (Math.abs((one.data[channel] ?? 0) - (other.data[channel] ?? 0)) > tolerance)
          differs[Math.floor(y / cell) * columns + Math.floor(x / cell)] = 1;
    }
  return clusters(differs, columns, rows).map(({ left, top, right, bottom }) => ({
    x: (left * cell) / one.width,
    y: (top * cell) / one.height,
    width: Math.min(1, ((right + 1) * cell) / one.width) - (left * cell) / one.width,
    height: Math.min(1, ((bottom + 1) * cell) / one.height) - (top * cell) / one.height,
  }));
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Cells that touch, or have one between them, are one; found row by row. Empties `cells`. */
function clusters(cells: Uint8Array, columns: number, rows: number): readonly Box[] {
  const found: Box[] = [];
  for (let start = 0; start < cells.length; start++) {
    if (cells[start] === 0) continue;
    const box: Box = { left: columns, top: rows, right: 0, bottom: 0 };
    const open = [start];
    cells[start] = 0;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % columns, Math.floor(at / columns)];
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
      for (let row = Math.max(0, y - 2); row <= Math.min(rows - 1, y + 2); row++)
        for (let column = Math.max(0, x - 2); column <= Math.min(columns - 1, x + 2); column++) {
          const next = row * columns + column;
          if (cells[next] === 0) continue;
          cells[next] = 0;
          open.push(next);
        }
    }
    found.push(box);
  }
  return found;
}

/** The lines that only one of the two has, each as often as it has it more. */
export function differingLines(
  before: readonly string[],
  after: readonly string[],
): { readonly removed: readonly string[]; readonly added: readonly string[] } {
  return { removed: without(before, after), added: without(after, before) };
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
