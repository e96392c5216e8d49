/** The hash chain over the log. */
import { createHash } from 'node:crypto';

export interface StoredEvent {
  readonly seq: number;
  readonly job: string;
  readonly version: number;
  readonly at: string;
  readonly actor: string;
  readonly type: string;
  /** As stored: encrypted. */
  readonly body: Uint8Array;
}

export const chainStart = Buffer.alloc(32);

/**
 * `SHA-256(prev | seq | version | n | at | actor …)`: numbers are 64 bit big endian; job, at, actor,
 * type and body follow, each behind its length in bytes as 32 bit big endian (text is UTF-8). Fixed
 * widths and lengths in front leave no two events with the same encoding.
 */
export function eventHash(prev: Uint8Array, event: StoredEvent): Buffer {
  const { job, at, actor, type, body } = event;
  const jobLength = Buffer.byteLength(job);
  const atLength = Buffer.byteLength(at);
  const actorLength = Buffer.byteLength(actor);
  const typeLength = Buffer.byteLength(type);
  const head = Buffer.allocUnsafe(32 + 16 + 20 + jobLength + atLength + actorLength + typeLength);
  head.set(prev, 0);
  head.writeBigUInt64BE(BigInt(event.seq), 32);
  head.writeBigUInt64BE(BigInt(event.version), 40);
  let place = 48;
  const text = (value: string, length: number) => {
    place = head.writeUInt32BE(length, place);
    place += head.write(value, place);
  };
  text(job, jobLength);
  text(at, atLength);
  text(actor, actorLength);
  text(type, typeLength);
  head.writeUInt32BE(body.length, place);
  return createHash('sha256').update(head).update(body).digest();
}
