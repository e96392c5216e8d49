/**
 * Where the log's end stood, outside of the database: a log that ends before it, or that says
 * something else there, was cut or written anew. One record, overwritten in place after each commit;
 * it may be a little old after a power cut, and never ahead.
 */
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Head } from './events.ts';
import { writeDurably, type Layout } from './layout.ts';
import { hmacOf } from './row-macs.ts';

export interface HeadWitness {
  /** Null where the file is not there or not ours. */
  read(): Head | null;
  /** Begins anew: of a new archive, of one just restored, of one from before there was a witness. */
  begin(head: Head): void;
  /** After a commit. A witness that says something else than the log is left as it is. */
  advance(head: Head): void;
}

const recordLength = 8 + 32 + 32;

export function createHeadWitness(
  { head: file }: Pick<Layout, 'head'>,
  key: Uint8Array,
  isInLog: (head: Head) => boolean,
): HeadWitness {
  const hmac = hmacOf(key);
  let trusted: boolean | null = null;

  function recordOf({ seq, hash }: Head): Buffer {
    const record = Buffer.alloc(recordLength);
    record.writeBigUInt64BE(BigInt(seq), 0);
    record.set(hash, 8);
    record.set(hmac(record.subarray(0, 40)), 40);
    return record;
  }

  function read(): Head | null {
    if (!existsSync(file)) return null;
    const record = readFileSync(file);
    if (record.length !== recordLength) return null;
    const hash = record.subarray(8, 40);
    const head = { seq: Number(record.readBigUInt64BE(0)), hash };
    return hmac(record.subarray(0, 40)).equals(record.subarray(40)) ? head : null;
  }

  return {
    read,
    begin(head) {
      writeDurably(file, recordOf(head));
      trusted = true;
    },
    advance(head) {
      if (trusted === null) {
        const stands = read();
        trusted = stands !== null && isInLog(stands);
      }
      if (!trusted || !existsSync(file)) return;
      const fd = openSync(file, 'r+');
      try {
        writeSync(fd, recordOf(head), 0, recordLength, 0);
      } finally {
        closeSync(fd);
      }
    },
  };
}
