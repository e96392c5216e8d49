/**
 * Timestamps over the log: over each job's sealing, and once a day over its end. What an authority has
 * seen cannot be written anew afterwards. Without one in reach it is done later, by itself.
 */
import { attempt, ok, type Result } from '../../shared/result.ts';
import type { ArchiveProblem } from '../archive/archive.ts';
import { parseTimestampToken, verifyTimestampToken } from '../core/cms/timestamp-token.ts';
import type { Timestamps } from '../core/ports.ts';
import { timestampsOf } from './authorities.ts';
import type { Act, Desk } from './desk.ts';

/** The outbox's topic: jobs whose sealing has no timestamp over the log yet. */
export const anchorTopic = 'anchor';

const lease = 'anchor';
const leaseTime = 120_000;
const day = 24 * 60 * 60 * 1000;

/** Whether a timestamp over the log's end, or over somebody's sealing, is due. */
export function anchorIsDue(desk: Desk): boolean {
  if (timestampsOf(desk) === null || desk.archive.head().seq === 0) return false;
  return desk.archive.outbox(anchorTopic, 1).length > 0 || isDaily(desk);
}

function isDaily({ archive, clock }: Desk): boolean {
  const last = archive.lastAnchor('timestamp');
  if (last === null) return true;
  const since = clock.now().getTime() - Date.parse(last.at);
  // From the future: the clock was set back.
  return since < 0 || since >= day;
}

/** Makes what is due; answers how many. Fails with what the authority answers: it is tried again. */
export async function anchorLog(
  desk: Desk,
  _input: object,
  _act: Act,
): Promise<Result<{ readonly made: number }>> {
  const timestamps = timestampsOf(desk);
  if (timestamps === null || !desk.archive.lease(lease, leaseTime)) return ok({ made: 0 });
  try {
    let made = 0;
    for (const row of desk.archive.outbox(anchorTopic, 1000)) {
      const { job } = row.body as { readonly job: string };
      const sealed = desk.archive
        .events(job)
        .findLast(({ event }) => event.type === 'sealed' || event.type === 'renewed');
      const done = sealed === undefined ? ok(null) : await stamp(desk, timestamps, sealed);
      if (!done.ok) return done;
      desk.archive.removeFromOutbox(row.id);
      made += 1;
      desk.archive.lease(lease, leaseTime);
    }
    if (isDaily(desk)) {
      const done = await stamp(desk, timestamps, desk.archive.head());
      if (!done.ok) return done;
      made += 1;
    }
    return ok({ made });
  } finally {
    attempt(() => desk.archive.releaseLease(lease));
  }
}

/** Over the event's hash itself, which binds every event before it. */
async function stamp(
  desk: Desk,
  timestamps: Timestamps,
  { seq, hash }: { readonly seq: number; readonly hash: string },
): Promise<Result<null>> {
  const digest = new Uint8Array(Buffer.from(hash, 'hex'));
  const token = await timestamps.stamp({ algorithm: 'sha256', digest });
  if (!token.ok) return token;
  const { name: authority } = timestamps;
  const anchor = { kind: 'timestamp', seq, hash, token: token.value, authority } as const;
  const put = attempt(() => desk.archive.putAnchor(anchor));
  return put.ok ? ok(null) : put;
}

/** Timestamps whose signature is not their authority's. Whether one trusts it is the reader's matter. */
export async function falseAnchors(desk: Desk): Promise<readonly ArchiveProblem[]> {
  const problems: ArchiveProblem[] = [];
  for (const { kind, seq, hash, token } of desk.archive.anchors()) {
    if (kind !== 'timestamp') continue;
    const parsed = parseTimestampToken(token);
    const digest = new Uint8Array(Buffer.from(hash, 'hex'));
    const checked = parsed.ok
      ? await verifyTimestampToken(parsed.value, digest, desk.crypto)
      : parsed;
    if (!checked.ok) problems.push({ code: 'anchor.signature', place: `event ${seq}` });
  }
  return problems;
}
