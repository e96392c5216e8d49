/**
 * A document as it came: one immutable file, encrypted in chunks, so that any range can be read and
 * every byte read is proved.
 *
 *   'SKRANKE1' | chunk size u32 | length u64 | sealed key (60) | chunk 0 | chunk 1 | …
 *
 * Numbers are big endian. The file has a random key of its own, sealed with the job's; document,
 * job, chunk size and length are authenticated with it. A chunk is ciphertext and 16 bytes of tag
 * (AES-256-GCM); its nonce is its index, which cannot repeat under a key used for one file, and a
 * chunk at another place does not open.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
} from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writevSync } from 'node:fs';
import type { ByteSource, Random } from '../core/ports.ts';
import type { Progress } from './archive.ts';
import { boxOverhead, openBox, sealBox } from './box.ts';
import { damaged } from './refusals.ts';

const magic = Buffer.from('SKRANKE1');
const tagLength = 16;
const sealedKeyLength = 32 + boxOverhead;
const headerLength = magic.length + 4 + 8 + sealedKeyLength;
/** What a viewer asks for at once; a parser that jumps pays for one chunk with each jump. */
const chunkSize = 64 * 1024;
/** 2 MiB of opened chunks per file. */
const keptChunks = 32;

export interface DocumentPlace {
  readonly document: string;
  readonly job: string;
}

function keyContext(place: DocumentPlace, length: number, size: number): string {
  return `document-key ${place.document} ${place.job} ${length} ${size}`;
}

function chunkNonce(index: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 8);
  return nonce;
}

/** Size on the disk of a document of `length` bytes. */
function storedLength(length: number, size: number): number {
  return headerLength + length + Math.ceil(length / size) * tagLength;
}

/** Writes a new file, and fsyncs it unless `durable` is false; answers the hex SHA-256 of the plain bytes. */
export function writeChunked(
  file: string,
  from: ByteSource,
  place: DocumentPlace,
  jobKey: KeyObject,
  random: Random,
  progress?: Progress,
  durable = true,
): string {
  const secret = random.bytes(32);
  const key = createSecretKey(secret);
  const header = Buffer.alloc(headerLength);
  magic.copy(header);
  header.writeUInt32BE(chunkSize, 8);
  header.writeBigUInt64BE(BigInt(from.length), 12);
  sealBox(jobKey, secret, keyContext(place, from.length, chunkSize), random).copy(header, 20);
  const hash = createHash('sha256');
  const fd = openSync(file, 'wx', 0o600);
  try {
    writeAll(fd, [header]);
    for (let at = 0, index = 0; at < from.length; at += chunkSize, index++) {
      const plain = from.read(at, Math.min(chunkSize, from.length - at));
      hash.update(plain);
      const cipher = createCipheriv('aes-256-gcm', key, chunkNonce(index));
      const body = cipher.update(plain);
      cipher.final();
      writeAll(fd, [body, cipher.getAuthTag()]);
      progress?.({ step: 'document.store', done: at + plain.length, total: from.length });
    }
    if (durable) fsyncSync(fd);
  } finally {
    secret.fill(0);
    closeSync(fd);
  }
  return hash.digest('hex');
}

/** `writev` may write less than it was given (a disk that fills up says so on the next call). */
function writeAll(fd: number, buffers: readonly Uint8Array[]): void {
  let left = buffers.filter((one) => one.length > 0);
  while (left.length > 0) {
    let written = writevSync(fd, left);
    while (left[0] !== undefined && written >= left[0].length) {
      written -= left[0].length;
      left = left.slice(1);
    }
    if (left[0] !== undefined) left = [left[0].subarray(written), ...left.slice(1)];
  }
}

export interface ChunkedFile extends ByteSource {
  close(): void;
}

/** Opens a file for reading; what does not authenticate is a `Refusal` `archive.damaged`. */
export function openChunked(file: string, place: DocumentPlace, jobKey: KeyObject): ChunkedFile {
  const name = `document ${place.document}`;
  const fd = openSync(file, 'r');
  try {
    const header = Buffer.alloc(headerLength);
    if (readSync(fd, header, 0, headerLength, 0) < headerLength) throw damaged(name);
    if (!header.subarray(0, 8).equals(magic)) throw damaged(name);
    const size = header.readUInt32BE(8);
    const length = Number(header.readBigUInt64BE(12));
    const key = openBox(jobKey, header.subarray(20), keyContext(place, length, size));
    if (key === null || fstatSync(fd).size !== storedLength(length, size)) throw damaged(name);
    return createReader(fd, createSecretKey(key), length, size, name);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function createReader(
  fd: number,
  key: KeyObject,
  length: number,
  size: number,
  name: string,
): ChunkedFile {
  const stored = Buffer.allocUnsafeSlow(size + tagLength);
  const cache = new Map<number, Uint8Array>();
  let open = true;

  function openChunk(index: number): Uint8Array {
    const known = cache.get(index);
    if (known !== undefined) {
      cache.delete(index);
      cache.set(index, known);
      return known;
    }
    const plainLength = Math.min(size, length - index * size);
    const count = plainLength + tagLength;
    const place = headerLength + index * (size + tagLength);
    if (readSync(fd, stored, 0, count, place) < count) throw damaged(name);
    const decipher = createDecipheriv('aes-256-gcm', key, chunkNonce(index), {
      authTagLength: tagLength,
    });
    decipher.setAuthTag(stored.subarray(plainLength, count));
    const plain = decipher.update(stored.subarray(0, plainLength));
    try {
      decipher.final();
    } catch {
      throw damaged(name);
    }
    if (cache.size >= keptChunks) {
      const oldest = cache.keys().next();
      if (oldest.done === false) cache.delete(oldest.value);
    }
    cache.set(index, plain);
    return plain;
  }

  return {
    length,
    read(offset, count) {
      if (offset < 0 || count < 0 || offset + count > length)
        throw new RangeError('read outside the document');
      if (count === 0) return new Uint8Array(0);
      const first = Math.floor(offset / size);
      const inside = offset - first * size;
      if (inside + count <= size) return openChunk(first).subarray(inside, inside + count);
      const out = Buffer.allocUnsafe(count);
      for (let done = 0; done < count;) {
        const index = Math.floor((offset + done) / size);
        const start = offset + done - index * size;
        const part = openChunk(index).subarray(start, start + count - done);
        out.set(part, done);
        done += part.length;
      }
      return out;
    },
    close() {
      if (open) closeSync(fd);
      open = false;
      cache.clear();
    },
  };
}
