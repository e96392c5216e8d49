/** Whatever lies on a disk: contents and names. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Piece } from './pages.ts';

export function filesIn(top: string): readonly string[] {
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Files come and go while a program runs: what is gone by now is not there. */
export function contentsOf(name: string, top: string): readonly Piece[] {
  const files = filesIn(top);
  const names = Buffer.from(files.map((file) => relative(top, file)).join('\n'));
  const pieces: Piece[] = [{ place: `${name}: names of files`, bytes: names }];
  for (const file of files) {
    try {
      pieces.push({ place: `${name}: ${relative(top, file)}`, bytes: readFileSync(file) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return pieces;
}
