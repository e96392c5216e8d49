/**
 * The record that lies beside a signed document (`evidence.json`), held against that document: is its log
 * whole, is it about this file, and do the signatures carry its hashes? `LES-MEG.txt` says the form.
 */
import { z } from 'zod';
import { pageCrypto } from '../../electron/adapters/page-crypto.ts';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { VerificationReport } from '../../shared/report.ts';
import type { Json } from '../../shared/result.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const loggedEvent = z.looseObject({
  ...{ seq: z.int().min(1), version: z.int().min(1), at: z.string(), actor: z.string() },
  ...{ prev: hex, hash: hex, salt: hex, hidden: hex },
  event: z.looseObject({ type: z.string() }),
});
const evidenceShape = z.looseObject({
  format: z.string().startsWith('skranke-export-evidence-'),
  job: z.string(),
  events: z.array(loggedEvent).min(1).max(100_000),
  head: z.object({ hash: hex }).nullable(),
  documents: z.array(
    z.looseObject({
      revisions: z.array(z.looseObject({ length: z.int().min(0), sha256: hex })),
    }),
  ),
  signatures: z.array(
    z.looseObject({ signer: z.string(), evidenceHash: hex, evidence: z.string() }),
  ),
});
export type Evidence = z.infer<typeof evidenceShape>;

/** Codes of `kontroller.evidence.*` in the language files; true is as it should be. */
export interface EvidenceFacts {
  readonly log: boolean;
  /** The file is, byte for byte, a revision that the record names; null while there is no file. */
  readonly document: boolean | null;
  /** Every signature's claim carries the hash of a record in it, and every record is carried. */
  readonly bound: boolean | null;
  readonly events: number;
}

/** Null for anything that is no such record. */
export function readEvidence(text: string): Evidence | null {
  try {
    const parsed = evidenceShape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

const utf8 = new TextEncoder();
const bytesOf = (text: string) =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hexOf = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export function sha256(...parts: readonly Uint8Array[]): string {
  const hash = pageCrypto.hash('sha256');
  if (hash === null) throw new Error('there is no SHA-256');
  for (const part of parts) hash.update(part);
  return hexOf(hash.digest());
}

function number(value: number, bytes: 4 | 8): Uint8Array {
  const view = new DataView(new ArrayBuffer(bytes));
  if (bytes === 4) view.setUint32(0, value);
  else view.setBigUint64(0, BigInt(value));
  return new Uint8Array(view.buffer);
}

function text(value: string): readonly Uint8Array[] {
  const bytes = utf8.encode(value);
  return [number(bytes.length, 4), bytes];
}

/** Every event is what its hash says, none is missing, and each follows the one before. */
function isWhole({ job, events, head }: Evidence): boolean {
  let before = '00'.repeat(32);
  let seq = 0;
  for (const [index, one] of events.entries()) {
    const shown = utf8.encode(canonicalJson(one.event as Json));
    const digest = sha256(bytesOf(one.salt), bytesOf(one.hidden), shown);
    const hash = sha256(
      ...[bytesOf(one.prev), bytesOf(before), number(one.seq, 8), number(one.version, 8)],
      ...[...text(job), ...text(one.at), ...text(one.actor), ...text(one.event.type)],
      bytesOf(digest),
    );
    if (hash !== one.hash || one.version !== index + 1 || one.seq <= seq) return false;
    if (one.seq === seq + 1 && one.prev !== before) return false;
    before = one.hash;
    seq = one.seq;
  }
  return head === null || head.hash === before;
}

export function checkEvidence(
  evidence: Evidence,
  file: { readonly sha256: string; readonly report: VerificationReport } | null,
): EvidenceFacts {
  const log = isWhole(evidence);
  const { events, documents, signatures } = evidence;
  if (file === null) return { log, document: null, bound: null, events: events.length };
  const named = documents.some(({ revisions }) =>
    revisions.some((revision) => revision.sha256 === file.sha256),
  );
  const records = signatures.map((one) => ({
    hash: one.evidenceHash,
    sound: sha256(utf8.encode(one.evidence)) === one.evidenceHash,
    logged: events.some(({ event }) => event['evidenceHash'] === one.evidenceHash),
  }));
  const carried = file.report.signatures.flatMap(({ claim }) =>
    claim === null ? [] : [claim.evidenceHash],
  );
  const bound =
    records.every(({ sound, logged }) => sound && logged) &&
    carried.every((hash) => records.some((record) => record.hash === hash)) &&
    carried.length > 0;
  return { log, document: named, bound, events: events.length };
}
