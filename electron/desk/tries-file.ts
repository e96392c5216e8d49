/**
 * `tries.json`: how many wrong tries there were at each secret, so that starting the program anew does
 * not begin them anew. It must be readable while the archive is locked, so it holds numbers alone:
 * the count, and how long the machine had been running.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { attempt } from '../../shared/result.ts';
import { writeWholeFile } from '../adapters/whole-file.ts';
import type { Tried, TriesStore } from './throttle.ts';

const shape = z.record(
  z.string().max(200),
  z.strictObject({ count: z.int().min(1), at: z.number().min(0) }),
);

export function triesFile(home: string): TriesStore {
  const path = join(home, 'tries.json');
  return {
    read() {
      if (!existsSync(path)) return {};
      try {
        const parsed = shape.safeParse(JSON.parse(readFileSync(path, 'utf8')));
        return parsed.success ? parsed.data : {};
      } catch {
        return {};
      }
    },
    // A full disk must not keep anybody out; this process still remembers. Nothing to remember leaves
    // nothing behind: a folder that is only looked at stays as it is.
    write: (tries: Readonly<Record<string, Tried>>) =>
      void attempt(() => {
        if (Object.keys(tries).length > 0) writeWholeFile(path, JSON.stringify(tries));
        else rmSync(path, { force: true });
      }),
  };
}
