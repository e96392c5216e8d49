/** A code that people read off one place and type in another. */
import type { Random } from '../core/ports.ts';

/** Evenly: what would favour small numbers is thrown again. */
export function eightDigits(random: Random): string {
  const range = 100_000_000;
  for (;;) {
    const value = Buffer.from(random.bytes(4)).readUInt32BE();
    if (value < range * Math.floor(2 ** 32 / range)) return String(value % range).padStart(8, '0');
  }
}
