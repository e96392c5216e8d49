/**
 * An sRGB profile of our own making (ICC.1:2001-04, matrix/TRC display profile, version 2.1), because
 * the profiles that others ship carry licences of their own.
 */

/** sRGB primaries adapted to D50 (IEC 61966-2-1, annex; Bradford), and the curve as 1,024 samples. */
const whitePoint = [0.9642, 1, 0.8249] as const;
const primaries = {
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
} as const;

function fixed(value: number): number {
  return Math.round(value * 65536);
}

function text(type: 'text' | 'desc', value: string): Uint8Array {
  const ascii = new TextEncoder().encode(`${value}\0`);
  if (type === 'text') {
    const bytes = new Uint8Array(8 + ascii.length);
    bytes.set(new TextEncoder().encode('text'));
    bytes.set(ascii, 8);
    return bytes;
  }
  // textDescriptionType: ASCII, then empty Unicode and ScriptCode parts.
  const bytes = new Uint8Array(12 + ascii.length + 8 + 3 + 67);
  bytes.set(new TextEncoder().encode('desc'));
  new DataView(bytes.buffer).setUint32(8, ascii.length);
  bytes.set(ascii, 12);
  return bytes;
}

function xyz(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(20);
  bytes.set(new TextEncoder().encode('XYZ '));
  values.forEach((value, index) =>
    new DataView(bytes.buffer).setInt32(8 + 4 * index, fixed(value)),
  );
  return bytes;
}

function curve(): Uint8Array {
  const count = 1024;
  const bytes = new Uint8Array(12 + 2 * count);
  bytes.set(new TextEncoder().encode('curv'));
  const view = new DataView(bytes.buffer);
  view.setUint32(8, count);
  for (let i = 0; i < count; i++) {
    const value = i / (count - 1);
    const linear = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    view.setUint16(12 + 2 * i, Math.round(linear * 65535));
  }
  return bytes;
}

export function srgbProfile(): Uint8Array {
  const trc = curve();
  const tags: [string, Uint8Array][] = [
    ['desc', text('desc', 'sRGB')],
    ['cprt', text('text', 'Public domain')],
    ['wtpt', xyz(whitePoint)],
    ['rXYZ', xyz(primaries.rXYZ)],
    ['gXYZ', xyz(primaries.gXYZ)],
    ['bXYZ', xyz(primaries.bXYZ)],
    ['rTRC', trc],
    ['gTRC', trc],
    ['bTRC', trc],
  ];
  const head = 128 + 4 + 12 * tags.length;
  const places = new Map<Uint8Array, number>();
  let end = head;
  for (const [, data] of tags) {
    if (places.has(data)) continue;
    places.set(data, end);
    end += Math.ceil(data.length / 4) * 4;
  }
  const bytes = new Uint8Array(end);
  const view = new DataView(bytes.buffer);
  const ascii = (offset: number, value: string) =>
    bytes.set(new TextEncoder().encode(value), offset);
  view.setUint32(0, end);
  view.setUint32(8, 0x02100000);
  ascii(12, 'mntrRGB XYZ ');
  [2026, 1, 1, 0, 0, 0].forEach((part, index) => view.setUint16(24 + 2 * index, part));
  ascii(36, 'acsp');
  whitePoint.forEach((value, index) => view.setInt32(68 + 4 * index, fixed(value)));
  view.setUint32(128, tags.length);
  tags.forEach(([tag, data], index) => {
    const at = 132 + 12 * index;
    ascii(at, tag);
    view.setUint32(at + 4, places.get(data) as number);
    view.setUint32(at + 8, data.length);
    bytes.set(data, places.get(data) as number);
  });
  return bytes;
}
