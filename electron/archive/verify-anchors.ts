/** What others have said of the log, held against the log; signatures of tokens are the desk's matter. */
import type { OfficeEvent } from '../../shared/office-event.ts';
import { parseTimestampToken } from '../core/cms/timestamp-token.ts';
import { anchorFiles, anchorName, readAnchorFile, type Anchor } from './anchors.ts';
import { sha256 } from './chain.ts';
import type { Db } from './database.ts';
import type { Report } from './findings.ts';

export function verifyAnchors(
  db: Db,
  anchors: readonly Anchor[],
  events: readonly { readonly seq: number; readonly event: OfficeEvent }[],
  /** Null for a copy. */
  folder: string | null,
  report: Report,
): void {
  const hashAt = db.prepare<[number], Buffer>('SELECT hash FROM job_event WHERE seq = ?').pluck();
  const isOfLog = ({ seq, hash }: Anchor) => hashAt.get(seq)?.toString('hex') === hash;
  const standing = new Map<string, Anchor>();
  const tokens = new Set<string>();
  for (const anchor of anchors) {
    standing.set(anchorName(anchor), anchor);
    tokens.add(sha256(anchor.token).toString('hex'));
    if (!isOfLog(anchor) || !isAbout(anchor)) report('anchor.differs', `event ${anchor.seq}`);
  }
  const told = new Set<string>();
  for (const { seq, event } of events) {
    if (event.type !== 'anchored') continue;
    told.add(event.sha256);
    if (!tokens.has(event.sha256)) report('anchor.missing', `event ${seq}`);
  }
  for (const anchor of anchors)
    if (!told.has(sha256(anchor.token).toString('hex')))
      report('anchor.untold', `event ${anchor.seq}`);
  if (folder === null) return;
  const files = new Set(anchorFiles(folder));
  for (const name of files) {
    const anchor = readAnchorFile(folder, name);
    const row = standing.get(name);
    if (anchor === null) report('anchor.file', `anchors/${name}`);
    // The name has the token's hash in it: what the row's own look found need not be found again.
    else if (row !== undefined && anchor.seq === row.seq && anchor.hash === row.hash) continue;
    else if (!isOfLog(anchor) || !isAbout(anchor)) report('anchor.differs', `event ${anchor.seq}`);
    else if (!standing.has(name)) report('anchor.missing', `anchors/${name}`);
  }
  for (const name of standing.keys())
    if (!files.has(name)) report('anchor.file', `anchors/${name}`);
}

/** A timestamp is over the event's hash itself, a countersignature names place and hash. */
function isAbout({ kind, token, seq, hash }: Anchor): boolean {
  if (kind === 'witness') return isNamedIn(token, seq, hash);
  const parsed = parseTimestampToken(token);
  return parsed.ok && Buffer.from(parsed.value.imprint.digest).toString('hex') === hash;
}

function isNamedIn(token: Uint8Array, seq: number, hash: string): boolean {
  try {
    const file = JSON.parse(Buffer.from(token).toString()) as {
      readonly statement?: { readonly of?: { readonly seq?: unknown; readonly hash?: unknown } };
    };
    const { of } = file.statement ?? {};
    return of?.seq === seq && of.hash === hash;
  } catch {
    return false;
  }
}
