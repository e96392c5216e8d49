/** Finished builds take the place of earlier ones by renaming: nobody ever sees half of one. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What a build that was killed left behind is removed by a later one, after this many milliseconds. */
const abandonedAfter = 60 * 60_000;
const unfinished = '.build-';
const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

/** A folder of its own inside `into` for one build; removes those that builds left behind long ago. */
export function freshFolder(into: string, now = Date.now()): string {
  mkdirSync(into, { recursive: true });
  for (const name of readdirSync(into).filter((each) => each.startsWith(unfinished))) {
    const folder = join(into, name);
    const age = now - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? now);
    if (age > abandonedAfter) rmSync(folder, { recursive: true, force: true });
  }
  return mkdtempSync(join(into, unfinished));
}

/**
 * Puts the folder `fresh` where `place` is. What stood there is renamed away and then removed, whole: no
 * file of an earlier build stays. Another build may do the same at the same time; the later one stays.
 */
export function putInPlace(fresh: string, place: string): void {
  // What stands there is not given up for nothing.
  statSync(fresh);
  for (let tries = 1; ; tries += 1) {
    const away = join(dirname(fresh), `${basename(place)}-before-${String(tries)}`);
    try {
      renameSync(place, away);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
    try {
      renameSync(fresh, place);
      break;
    } catch (error) {
      // Another build put its own there between the two lines above.
      if (tries === 20 || !existsSync(place) || !existsSync(fresh)) throw error;
    }
  }
}
