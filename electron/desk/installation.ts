/**
 * Which installation this archive belongs to: a mark beside it that no backup carries and that is of this
 * machine and this folder. An archive whose settings name another mark was copied or restored, and the one
 * it came from may still be at work.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { writeWholeFile } from '../adapters/whole-file.ts';
import type { Random } from '../core/ports.ts';

/** 64 hex digits. Made when it is first asked for. */
export function installationOf(home: string, random: Random): string {
  const path = join(home, 'installation');
  if (!existsSync(path)) writeWholeFile(path, Buffer.from(random.bytes(16)).toString('hex'));
  const mark = readFileSync(path, 'utf8').trim();
  return createHash('sha256')
    .update(`${mark} ${hostname()} ${resolve(home)}`)
    .digest('hex');
}
