/** The office's own colour behind light words: whether everybody can read them, and what stands in for it. */

export interface OfficeLook {
  /** Base64 of a PNG; null for none. */
  readonly logo: string | null;
  /** `#rrggbb`; null for Skranke's own green. */
  readonly colour: string | null;
}

export const noLook: OfficeLook = { logo: null, colour: null };

/** The words of a resting kiosk. */
export const restInk = '#f6f1e7';
/** WCAG 2.2, 1.4.3. */
export const leastContrast = 4.5;

function luminance(colour: string): number {
  const part = (at: number) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

/** WCAG's contrast ratio of two `#rrggbb`, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

export function isReadable(colour: string): boolean {
  return contrast(colour, restInk) >= leastContrast;
}

/** The same colour, as much darker as light words need. */
export function readable(colour: string): string {
  let now = colour;
  for (let step = 0; step < 100 && !isReadable(now); step += 1) now = darker(now);
  return now;
}

function darker(colour: string): string {
  const part = (at: number) =>
    Math.floor(parseInt(colour.slice(at, at + 2), 16) * 0.95)
      .toString(16)
      .padStart(2, '0');
  return `#${part(1)}${part(3)}${part(5)}`;
}
