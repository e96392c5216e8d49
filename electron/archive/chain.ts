/**
 * The hash chain over the log. It runs over what an event says, behind a random salt, and not over
 * the encrypted bytes: so the log of one job can be recomputed from its export alone, and stays whole
 * when the job's key, and with it the salt, is destroyed.
 */
import { hash } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { maskedEvent } from '../../shared/job/masks.ts';
import type { JobEvent } from '../../shared/job/event.ts';
import type { OfficeEvent } from '../../shared/office-event.ts';
import type { Json } from '../../shared/result.ts';
import type { Random } from '../core/ports.ts';

/** What an event's body says, as it stands encrypted in its row (`event-body.ts`). */
export interface EventBody {
  /** 32 bytes: without it nobody can try out what the digest stands for. */
  readonly salt: Uint8Array;
  /** Canonical JSON of the event as an export may show it: national identity numbers are masked. */
  readonly shown: Uint8Array;
  /** The whole event where that is more, behind a salt that no export shows. */
  readonly whole: { readonly salt: Uint8Array; readonly event: Uint8Array } | null;
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

export function jobEventBody(event: JobEvent, random: Random): EventBody {
  const shown = maskedEvent(event);
  const whole =
    shown === event ? null : { salt: random.bytes(32), event: Buffer.from(canonical(event)) };
  return { salt: random.bytes(32), shown: Buffer.from(canonical(shown)), whole };
}

export function officeEventBody(event: OfficeEvent, random: Random): EventBody {
  return { salt: random.bytes(32), shown: Buffer.from(canonical(event)), whole: null };
}

/** `SHA-256(whole's salt | canonical JSON of the whole event)`; 32 zero bytes where all is shown. */
function hiddenDigest({ whole }: EventBody): Buffer {
  return whole === null ? chainStart : sha256(Buffer.concat([whole.salt, whole.event]));
}

/** What an export shows of a body: enough to recompute its digest. Hex. */
export interface BodyProof {
  readonly shown: JobEvent;
  readonly salt: string;
  readonly hidden: string;
}

export function bodyProof(body: EventBody, shown: JobEvent): BodyProof {
  return {
    shown,
    salt: Buffer.from(body.salt).toString('hex'),
    hidden: hiddenDigest(body).toString('hex'),
  };
}

/** `SHA-256(salt | hidden | canonical JSON of the shown event)`; canonical as in RFC 8785. */
export function eventDigest(body: EventBody): Buffer {
  return sha256(Buffer.concat([body.salt, hiddenDigest(body), body.shown]));
}

export function canonical(event: JobEvent | OfficeEvent): string {
  // Readonly interfaces are JSON, but not to the compiler; a key without a value is not there.
  return canonicalJson(JSON.parse(JSON.stringify(event)) as Json);
}

/** In one call: half the price of a running hash. */
export function sha256(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** One character a byte: where a hash is only compared, this costs half of a buffer. */
export function sha256Text(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'binary');
}

export const chainStartText = chainStart.toString('latin1');

const usual = 4096;
let scratch = Buffer.alloc(usual);
/** Its beginnings, by length: a new view costs as much as a hash of it. */
let beginnings: Uint8Array[] = [];

function roomFor(length: number): void {
  if (scratch.length >= length) return;
  scratch = Buffer.alloc(2 * length);
  beginnings = [];
}

function beginning(length: number): Uint8Array {
  if (length > usual) return scratch.subarray(0, length);
  return (beginnings[length] ??= scratch.subarray(0, length));
}

/** `eventDigest`, one character a byte. */
export function eventDigestText({ salt, shown, whole }: EventBody): string {
  const hidden = whole === null ? chainStart : hiddenDigest({ salt, shown, whole });
  const end = salt.length + hidden.length + shown.length;
  roomFor(end);
  scratch.set(salt, 0);
  scratch.set(hidden, salt.length);
  scratch.set(shown, salt.length + hidden.length);
  return sha256Text(beginning(end));
}

/**
 * `SHA-256(prev | before | seq | version | n | job | n | at | n | actor | n | type | digest)`: `prev` is
 * the hash of the archive's event before this one, `before` that of the same job's (32 zero bytes for
 * none). Numbers are 64 bit big endian; each text is UTF-8 behind its length in bytes as 32 bit big
 * endian. Fixed widths and lengths in front leave no two events with the same encoding.
 */
export function eventHash(prev: Uint8Array, before: Uint8Array, event: StoredEvent): Buffer {
  const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
  const digest = latin1(event.digest);
  return Buffer.from(eventHashText(latin1(prev), latin1(before), { ...event, digest }), 'latin1');
}

/** The same with one character a byte, for a million of them in a row. */
export function eventHashText(
  prev: string,
  before: string,
  event: Omit<StoredEvent, 'digest'> & { readonly digest: string },
): string {
  const { job, at, actor, type, digest } = event;
  // UTF-8 takes three bytes a code unit at the most.
  roomFor(96 + digest.length + 3 * (job.length + at.length + actor.length + type.length));
  let end = putBytes(before, putBytes(prev, 0));
  end = putNumber(event.version, putNumber(event.seq, end));
  end = putText(type, putText(actor, putText(at, putText(job, end))));
  return sha256Text(beginning(putBytes(digest, end)));
}

function putBytes(latin1: string, at: number): number {
  for (let index = 0; index < latin1.length; index++)
    scratch[at + index] = latin1.charCodeAt(index);
  return at + latin1.length;
}

function putNumber(value: number, at: number): number {
  const high = Math.floor(value / 2 ** 32);
  return putShort(value - high * 2 ** 32, putShort(high, at));
}

function putShort(value: number, at: number): number {
  scratch[at] = value >>> 24;
  scratch[at + 1] = value >>> 16;
  scratch[at + 2] = value >>> 8;
  scratch[at + 3] = value;
  return at + 4;
}

function putText(text: string, at: number): number {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) {
      const length = scratch.write(text, at + 4);
      putShort(length, at);
      return at + 4 + length;
    }
    scratch[at + 4 + index] = code;
  }
  putShort(text.length, at);
  return at + 4 + text.length;
}
