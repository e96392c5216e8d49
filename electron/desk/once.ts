/** What counts once: states, codes and tokens of logins, by their hashes. */
import { sha256Hex } from './desk.ts';

export interface Once {
  /** False for what has been here before. */
  add(text: string): boolean;
  has(text: string): boolean;
}

/** More than a kiosk sees in a month; the oldest go first. */
const most = 10_000;

export function createOnce(): Once {
  const seen = new Set<string>();
  return {
    add(text) {
      const hash = sha256Hex(text);
      if (seen.has(hash)) return false;
      seen.add(hash);
      for (const oldest of seen) {
        if (seen.size <= most) break;
        seen.delete(oldest);
      }
      return true;
    },
    has: (text) => seen.has(sha256Hex(text)),
  };
}
