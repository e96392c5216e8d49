/**
 * What somebody outside has said of the log as it stood: a timestamp authority, another office. Each
 * stands in a row, in the office's log and in a file beside the archive: whoever writes the log anew
 * has to get at all of them, and cannot make new ones.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../shared/result.ts';
import type { Clock } from '../core/ports.ts';
import { sha256 } from './chain.ts';
import type { Db } from './database.ts';
import { makeFolder, syncFolder, writeDurably, type Layout } from './layout.ts';
import type { Office } from './office.ts';
import type { RowMacs } from './row-macs.ts';

export interface Anchor {
  readonly kind: 'timestamp' | 'witness';
  /** The event whose hash it is about; every event before it is bound by that hash, too. */
  readonly seq: number;
  /** Hex. */
  readonly hash: string;
  /** DER of a TimeStampToken whose imprint is the hash; or the JSON of a countersignature over it. */
  readonly token: Uint8Array;
  readonly authority: string;
  /** ISO instant of when we got it. */
  readonly at: string;
}

export interface Anchors {
  put(anchor: Omit<Anchor, 'at'>): void;
  /**
   * What somebody has seen of this log and what is not in it: kept as a file, for there is no place for
   * a row. False where it stands there already.
   */
  putContradiction(anchor: Omit<Anchor, 'at'>): boolean;
  /** In the order of the log; of events `from` to `to`, both included. */
  list(from?: number, to?: number): readonly Anchor[];
  last(kind: Anchor['kind']): Anchor | null;
  /** Writes the files of rows that have none: after a crash between the two. */
  mend(): void;
}

interface Row {
  readonly kind: Anchor['kind'];
  readonly seq: number;
  readonly hash: Buffer;
  readonly token: Buffer;
  readonly authority: string;
  readonly at: string;
}

export function createAnchors(
  db: Db,
  layout: Layout,
  macs: RowMacs,
  office: Office,
  clock: Clock,
): Anchors {
  const selectRange = db.prepare<[number, number], Row>(
    `SELECT kind, seq, hash, token, authority, at FROM anchor WHERE seq >= ? AND seq <= ?
     ORDER BY seq, n`,
  );
  const selectLast = db.prepare<[string], Row>(
    `SELECT kind, seq, hash, token, authority, at FROM anchor WHERE kind = ?
     ORDER BY n DESC LIMIT 1`,
  );
  const selectNumber = db.prepare<[], number | null>('SELECT max(n) FROM anchor').pluck();
  const hashAt = db.prepare<[number], Buffer>('SELECT hash FROM job_event WHERE seq = ?').pluck();
  const insert = db.prepare<
    [number, string, number, Buffer, Uint8Array, string, string, Uint8Array]
  >(`INSERT INTO anchor (n, kind, seq, hash, token, authority, at, mac)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);

  return {
    put(anchor) {
      const { kind, seq, authority } = anchor;
      const token = Buffer.from(anchor.token);
      const hash = Buffer.from(anchor.hash, 'hex');
      if (hashAt.get(seq)?.equals(hash) !== true)
        throw new Refusal('anchor.foreign', 'The anchor is not about this log', { seq });
      const at = clock.now().toISOString();
      office.noting('system', (note) => {
        const n = (selectNumber.get() ?? 0) + 1;
        const mac = macs.add('anchor', [n, kind, seq, hash, token, authority, at]);
        insert.run(n, kind, seq, hash, token, authority, at, mac);
        const digest = sha256(token).toString('hex');
        note({ type: 'anchored', kind, seq, hash: anchor.hash, authority, sha256: digest });
      });
      writeAnchorFile(layout, { ...anchor, at });
    },
    putContradiction(anchor) {
      const whole = { ...anchor, at: clock.now().toISOString() };
      if (existsSync(anchorPath(layout, whole))) return false;
      writeAnchorFile(layout, whole);
      return true;
    },
    list: (from = 0, to = Number.MAX_SAFE_INTEGER) => selectRange.all(from, to).map(anchorOf),
    last(kind) {
      const row = selectLast.get(kind);
      return row === undefined ? null : anchorOf(row);
    },
    mend() {
      for (const row of selectRange.all(0, Number.MAX_SAFE_INTEGER)) {
        const anchor = anchorOf(row);
        if (!existsSync(anchorPath(layout, anchor))) writeAnchorFile(layout, anchor);
      }
    },
  };
}

function anchorOf({ hash, ...row }: Row): Anchor {
  return { ...row, hash: hash.toString('hex') };
}

export function anchorName({ seq, token }: Pick<Anchor, 'seq' | 'token'>): string {
  return `${String(seq).padStart(12, '0')}-${sha256(token).toString('hex').slice(0, 32)}.json`;
}

function anchorPath(layout: Layout, anchor: Anchor): string {
  return join(layout.anchors, anchorName(anchor));
}

function writeAnchorFile(layout: Layout, anchor: Anchor): void {
  if (!existsSync(layout.anchors)) {
    makeFolder(layout.anchors);
    syncFolder(layout.home);
  }
  const token = Buffer.from(anchor.token).toString('base64');
  const content = { format: 'skranke-anchor-1', ...anchor, token };
  writeDurably(anchorPath(layout, anchor), Buffer.from(`${JSON.stringify(content, null, 2)}\n`));
}

const fileName = /^\d{12}-[0-9a-f]{32}\.json$/;

export function anchorFiles(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => fileName.test(name)) : [];
}

/** What a file says; null where it is damaged or was renamed. */
export function readAnchorFile(folder: string, name: string): Anchor | null {
  try {
    const value = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;
    const { kind, seq, hash, authority, at } = value;
    const token = Buffer.from(String(value['token']), 'base64');
    if (kind !== 'timestamp' && kind !== 'witness') return null;
    if (typeof seq !== 'number' || typeof hash !== 'string') return null;
    if (typeof authority !== 'string' || typeof at !== 'string') return null;
    return anchorName({ seq, token }) === name ? { kind, seq, hash, token, authority, at } : null;
  } catch {
    return null;
  }
}
