import { createSecretKey, randomBytes } from 'node:crypto';
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openChunked, writeChunked } from '../../electron/archive/chunked-file.ts';
import { bytesSource, cleanUp, random, sha256, temporaryFolder } from './scene.ts';

afterAll(cleanUp);

const chunk = 64 * 1024;
const place = { document: 'a'.repeat(32), job: 'j1' };

function stored(bytes: Uint8Array) {
  const key = createSecretKey(randomBytes(32));
  const file = join(temporaryFolder(), 'document');
  const hash = writeChunked(file, bytesSource(bytes), place, key, random);
  return { file, key, hash };
}

describe('a chunked file', () => {
  it.each([0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk + 17])('gives back %i bytes', (length) => {
    const bytes = randomBytes(length);
    const { file, key, hash } = stored(bytes);
    const source = openChunked(file, place, key);
    expect(source.length).toBe(length);
    expect(Buffer.from(source.read(0, length)).equals(bytes)).toBe(true);
    expect(hash).toBe(sha256(bytes));
    source.close();
  });

  it('gives any range', () => {
    const bytes = randomBytes(5 * chunk + 1_234);
    const { file, key } = stored(bytes);
    const source = openChunked(file, place, key);
    fc.assert(
      fc.property(fc.nat(bytes.length), fc.nat(bytes.length), (a, b) => {
        const from = Math.min(a, b);
        const length = Math.abs(a - b);
        expect(sha256(source.read(from, length))).toBe(sha256(bytes.subarray(from, from + length)));
      }),
    );
    expect(() => source.read(bytes.length - 1, 2)).toThrow(RangeError);
    expect(() => source.read(-1, 1)).toThrow(RangeError);
    source.close();
  });

  it('opens nowhere else and with no other key', () => {
    const { file, key } = stored(randomBytes(100));
    expect(() => openChunked(file, { ...place, document: 'b'.repeat(32) }, key)).toThrow('damaged');
    expect(() => openChunked(file, { ...place, job: 'j2' }, key)).toThrow('damaged');
    expect(() => openChunked(file, place, createSecretKey(randomBytes(32)))).toThrow('damaged');
  });

  it('notices every flipped bit, a cut and an added byte', () => {
    const { file, key } = stored(randomBytes(2 * chunk));
    const sound = readFileSync(file);
    const fails = (bytes: Uint8Array) => {
      writeFileSync(file, bytes);
      expect(() => {
        const source = openChunked(file, place, key);
        try {
          source.read(0, source.length);
        } finally {
          source.close();
        }
      }).toThrow('damaged');
    };
    const places = [0, 9, 15, 25, 60, 80, 100, chunk, chunk + 90, sound.length - 1];
    for (const at of places) {
      const bytes = Buffer.from(sound);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      fails(bytes);
    }
    fails(sound.subarray(0, sound.length - 1));
    fails(sound.subarray(0, 50));
    fails(Buffer.concat([sound, Buffer.from([0])]));
    fails(new Uint8Array(0));
  });

  it('notices chunks that changed places', () => {
    const { file, key } = stored(randomBytes(3 * chunk));
    const bytes = readFileSync(file);
    const header = 80;
    const one = Buffer.from(bytes.subarray(header, header + chunk + 16));
    bytes.copy(bytes, header, header + chunk + 16, header + 2 * (chunk + 16));
    one.copy(bytes, header + chunk + 16);
    writeFileSync(file, bytes);
    const source = openChunked(file, place, key);
    expect(() => source.read(0, 10)).toThrow('damaged');
    expect(() => source.read(chunk, 10)).toThrow('damaged');
    expect(source.read(2 * chunk, 10)).toHaveLength(10);
    source.close();
  });

  it('is never written over another', () => {
    const { file, key } = stored(randomBytes(10));
    const copy = join(temporaryFolder(), 'copy');
    copyFileSync(file, copy);
    expect(() => writeChunked(file, bytesSource(randomBytes(5)), place, key, random)).toThrow(
      'EEXIST',
    );
    expect(readFileSync(file).equals(readFileSync(copy))).toBe(true);
    truncateSync(copy, 3);
    expect(() => openChunked(copy, place, key)).toThrow('damaged');
  });
});
