/**
 * How an event's body stands in its row, below the encryption:
 * `2 | salt (32) | length of shown (4, big endian) | shown | salt of the whole (32) | whole`,
 * the last two only where the export masks something. Both are canonical JSON, so the digest is
 * computed over the bytes as they are. The first form, JSON of all of it, is still read.
 */
import type { JobEvent } from '../../shared/job/event.ts';
import { canonical, type EventBody } from './chain.ts';

const form = 2;
const shownAt = 1 + 32 + 4;

export function encodeBody({ salt, shown, whole }: EventBody): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(shown.length);
  const parts = [Buffer.of(form), salt, length, shown];
  return Buffer.concat(whole === null ? parts : [...parts, whole.salt, whole.event]);
}

/** Null for bytes that are no body. What comes in was authenticated, so it is what was written. */
export function decodeBody(bytes: Buffer): EventBody | null {
  if (bytes[0] !== form) return decodeFirst(bytes);
  if (bytes.length < shownAt) return null;
  const end = shownAt + bytes.readUInt32BE(33);
  if (bytes.length !== end && bytes.length < end + 32) return null;
  return {
    salt: bytes.subarray(1, 33),
    shown: bytes.subarray(shownAt, end),
    whole:
      bytes.length === end
        ? null
        : { salt: bytes.subarray(end, end + 32), event: bytes.subarray(end + 32) },
  };
}

interface FirstForm {
  readonly salt: string;
  readonly shown: JobEvent;
  readonly whole?: { readonly salt: string; readonly event: JobEvent };
}

function decodeFirst(bytes: Buffer): EventBody | null {
  if (bytes[0] !== 0x7b) return null;
  const { salt, shown, whole } = JSON.parse(bytes.toString()) as FirstForm;
  const content = (event: JobEvent) => Buffer.from(canonical(event));
  return {
    salt: Buffer.from(salt, 'hex'),
    shown: content(shown),
    whole:
      whole === undefined
        ? null
        : { salt: Buffer.from(whole.salt, 'hex'), event: content(whole.event) },
  };
}
