import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createWholeFile, writeWholeFile } from '../../electron/adapters/whole-file.ts';
import { memorySource } from '../../electron/core/pdf/objects.ts';
import { Refusal } from '../../shared/result.ts';

const fresh = () => mkdtempSync(join(tmpdir(), 'whole-file-'));

describe('a whole file', () => {
  it('appears only when it is committed, and then all of it', () => {
    const folder = fresh();
    const path = join(folder, 'out.bin');
    const file = createWholeFile(path);
    file.write(new Uint8Array([1, 2, 3]));
    expect(readdirSync(folder)).not.toContain('out.bin');
    file.write(new Uint8Array([4]));
    file.commit();
    expect([...readFileSync(path)]).toEqual([1, 2, 3, 4]);
    expect(readdirSync(folder)).toEqual(['out.bin']);
  });

  it('leaves what stood there, and nothing else, when it is abandoned', () => {
    const folder = fresh();
    const path = join(folder, 'out.txt');
    writeFileSync(path, 'before');
    const file = createWholeFile(path);
    file.write(new Uint8Array(1000));
    file.abandon();
    file.abandon();
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['out.txt']);
  });

  it('copies a source of any length and feeds a hash on the way', () => {
    const folder = fresh();
    const bytes = new Uint8Array(3 * 1024 * 1024 + 17).map((_, index) => index % 251);
    let fed = 0;
    const file = createWholeFile(join(folder, 'copy.bin'));
    file.copy(memorySource(bytes), { update: (part) => (fed += part.length) });
    file.commit();
    expect(fed).toBe(bytes.length);
    expect(Buffer.compare(readFileSync(join(folder, 'copy.bin')), bytes)).toBe(0);
  });

  it.skipIf(process.platform === 'win32')('is readable to its owner alone', () => {
    const path = join(fresh(), 'secret.txt');
    writeWholeFile(path, 'hemmelig');
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('says that the folder is missing', () => {
    const folder = fresh();
    mkdirSync(join(folder, 'a'));
    expect(() => createWholeFile(join(folder, 'a', 'b', 'out.bin'))).toThrow(Refusal);
    expect(readdirSync(join(folder, 'a'))).toEqual([]);
  });
});
