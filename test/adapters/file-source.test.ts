import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFileSource } from '../../electron/adapters/file-source.ts';
import { unwrap } from '../../shared/result.ts';

const folder = mkdtempSync(join(tmpdir(), 'file-source-'));
const bytes = randomBytes(700_001);
const path = join(folder, 'noise.bin');
writeFileSync(path, bytes);

describe('a file as a source', () => {
  it('gives exactly what stands there, wherever and in whatever order it is asked', () => {
    const source = unwrap(openFileSource(path));
    const asked = fc.array(
      fc.tuple(fc.nat(bytes.length), fc.oneof(fc.nat(50), fc.nat(5_000), fc.nat(300_000))),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(asked, (places) => {
        for (const [offset, wanted] of places) {
          const count = Math.min(wanted, bytes.length - offset);
          const read = source.read(offset, count);
          expect(Buffer.compare(read, bytes.subarray(offset, offset + count))).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
    source.close();
  });

  it('keeps what it gave before, whatever is read after', () => {
    const source = unwrap(openFileSource(path));
    const first = source.read(10, 20);
    for (let offset = 0; offset < 600_000; offset += 90_000) source.read(offset, 64);
    expect(Buffer.compare(first, bytes.subarray(10, 30))).toBe(0);
    source.close();
  });

  it('fills a buffer of the caller’s', () => {
    const source = unwrap(openFileSource(path));
    const into = new Uint8Array(4096);
    const hash = createHash('sha256');
    for (let at = 0; at < source.length; at += into.length) {
      const part = into.subarray(0, Math.min(into.length, source.length - at));
      source.readInto?.(at, part);
      hash.update(part);
    }
    expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
    source.close();
  });

  it('never reads past the end', () => {
    const source = unwrap(openFileSource(path));
    expect(() => source.read(bytes.length - 1, 2)).toThrow(RangeError);
    expect(() => source.read(-1, 2)).toThrow(RangeError);
    expect(source.read(bytes.length, 0)).toHaveLength(0);
    source.close();
  });

  it('names what cannot be opened', () => {
    const code = (result: ReturnType<typeof openFileSource>) =>
      result.ok ? null : result.error.code;
    expect(code(openFileSource(join(folder, 'not-there')))).toBe('file.not-found');
    mkdirSync(join(folder, 'inner'));
    expect(code(openFileSource(join(folder, 'inner')))).toBe('file.not-a-file');
  });
});
