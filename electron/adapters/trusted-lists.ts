/** Trusted lists out of files: opened, their signatures verified, and put together. */
import { readFileSync } from 'node:fs';
import { Refusal, unwrap } from '../../shared/result.ts';
import type { Crypto } from '../core/ports.ts';
import { openTrustedList, requireNamedSigners } from '../core/trusted-lists/open-list.ts';
import { trustedServices } from '../core/trusted-lists/services.ts';
import type { TrustedServices } from '../core/trusted-lists/services.ts';
import type { TrustedList } from '../core/trusted-lists/trusted-list.ts';

export interface TrustedListFiles {
  readonly services: TrustedServices;
  readonly lists: readonly TrustedList[];
  /** Lists whose next update was due before `now`: what they say may have changed since. */
  readonly outdated: readonly TrustedList[];
}

/** Refuses `trust.unreadable`, and as `openTrustedList` and `requireNamedSigners` do, with the `path`. */
export async function readTrustedLists(
  paths: readonly string[],
  ports: { readonly crypto: Crypto; readonly now: Date },
): Promise<TrustedListFiles> {
  const opened = [];
  for (const path of paths) {
    const list = await openTrustedList(bytesOf(path), ports);
    if (!list.ok) throw new Refusal(list.error.code, list.error.message, { path });
    opened.push(unwrap(list));
  }
  requireNamedSigners(opened);
  const lists = opened.map(({ list }) => list);
  return { services: trustedServices(lists), lists, outdated: outdatedAt(lists, ports.now) };
}

export function outdatedAt(lists: readonly TrustedList[], now: Date): readonly TrustedList[] {
  return lists.filter(({ nextUpdate }) => nextUpdate !== null && nextUpdate < now);
}

function bytesOf(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch {
    throw new Refusal('trust.unreadable', 'A trust file or folder cannot be read.', { path });
  }
}
