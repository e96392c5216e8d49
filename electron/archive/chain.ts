/**
 * The hash chain over the log. It runs over what an event says, behind a random salt, and not over
 * the encrypted bytes: so the log of one job can be recomputed from its export alone, and stays whole
 * when the job's key, and with it the salt, is destroyed.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { maskedEvent } from '../../shared/job/masks.ts';
import type { JobEvent } from '../../shared/job/event.ts';
import type { Json } from '../../shared/result.ts';
import type { Random } from '../core/ports.ts';

/** What an event's body says, as it stands encrypted in its row. */
export interface EventBody {
  /** Hex, 32 bytes: without it nobody can try out what the digest stands for. */
  readonly salt: string;
  /** The event as an export may show it: national identity numbers are masked. */
  readonly shown: JobEvent;
  /** The whole event where that is more, behind a salt that no export shows. */
  readonly whole?: { readonly salt: string; readonly event: JobEvent };
}

export interface StoredEvent {
  readonly seq: number;
  readonly job: string;
  readonly version: number;
  readonly at: string;
  readonly actor: string;
  readonly type: string;
  /** `eventDigest` of the body. */
  readonly digest: Uint8Array;
}

export const chainStart = Buffer.alloc(32);

export function eventBody(event: JobEvent, random: Random): EventBody {
  const salt = () => Buffer.from(random.bytes(32)).toString('hex');
  const shown = maskedEvent(event);
  return shown === event
    ? { salt: salt(), shown }
    : { salt: salt(), shown, whole: { salt: salt(), event } };
}

/** `SHA-256(whole's salt | canonical JSON of the whole event)`; 32 zero bytes where all is shown. */
function hiddenDigest({ whole }: EventBody): Buffer {
  if (whole === undefined) return Buffer.alloc(32);
  return createHash('sha256')
    .update(Buffer.from(whole.salt, 'hex'))
    .update(canonical(whole.event))
    .digest();
}

/** What an export shows of a body: enough to recompute its digest. Hex. */
export interface BodyProof {
  readonly shown: JobEvent;
  readonly salt: string;
  readonly hidden: string;
}

export function bodyProof(body: EventBody): BodyProof {
  return { shown: body.shown, salt: body.salt, hidden: hiddenDigest(body).toString('hex') };
}

/** `SHA-256(salt | hidden | canonical JSON of the shown event)`; canonical as in RFC 8785. */
export function eventDigest({ salt, hidden, shown }: BodyProof): Buffer {
  return createHash('sha256')
    .update(Buffer.from(salt, 'hex'))
    .update(Buffer.from(hidden, 'hex'))
    .update(canonical(shown))
    .digest();
}

function canonical(event: JobEvent): string {
  // Readonly interfaces are JSON, but not to the compiler; a key without a value is not there.
  return canonicalJson(JSON.parse(JSON.stringify(event)) as Json);
}

/**
 * `SHA-256(prev | before | seq | version | n | job | n | at | n | actor | n | type | digest)`: `prev` is
 * the hash of the archive's event before this one, `before` that of the same job's (32 zero bytes for
 * none). Numbers are 64 bit big endian; each text is UTF-8 behind its length in bytes as 32 bit big
 * endian. Fixed widths and lengths in front leave no two events with the same encoding.
 */
export function eventHash(prev: Uint8Array, before: Uint8Array, event: StoredEvent): Buffer {
  const hash = createHash('sha256').update(prev).update(before);
  const numbers = Buffer.alloc(16);
  numbers.writeBigUInt64BE(BigInt(event.seq), 0);
  numbers.writeBigUInt64BE(BigInt(event.version), 8);
  hash.update(numbers);
  for (const text of [event.job, event.at, event.actor, event.type]) {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  }
  return hash.update(event.digest).digest();
}
