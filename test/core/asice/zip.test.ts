import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../electron/core/asice/crc32.ts';
import { readZip } from '../../../electron/core/asice/read-zip.ts';
import { writeZip } from '../../../electron/core/asice/write-zip.ts';
import { concat } from '../../../electron/core/cms/der-writing.ts';
import { unwrap } from '../../../shared/result.ts';
import { utf8Bytes } from '../../../shared/xml/utf8.ts';

function code(bytes: Uint8Array, limits = {}): string {
  const result = readZip(bytes, limits);
  return result.ok ? 'ok' : result.error.code;
}

const plain = writeZip([
  { name: 'a.txt', bytes: utf8Bytes('aaaaaaaaaaaaaaaa'), method: 'deflated' },
  { name: 'META-INF/b.xml', bytes: utf8Bytes('<b/>'), method: 'stored' },
]);

/** The container with each occurrence of one name replaced by another of the same length. */
function renamed(from: string, to: string): Uint8Array {
  const bytes = Buffer.from(plain);
  for (let at = bytes.indexOf(from); at !== -1; at = bytes.indexOf(from, at + 1))
    bytes.write(to, at);
  return new Uint8Array(bytes);
}

function withTools(bytes: Uint8Array, args: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  try {
    writeFileSync(join(folder, 'x.zip'), bytes);
    const run = spawnSync('unzip', args, { cwd: folder, encoding: 'utf8' });
    return `${run.status}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('containers', () => {
  it('are written the same every time, and others read them', () => {
    const entries = [
      { name: 'dokument æ.pdf', bytes: utf8Bytes('x'.repeat(1000)), method: 'deflated' as const },
      { name: 'tom', bytes: new Uint8Array(), method: 'deflated' as const },
    ];
    const written = writeZip(entries);
    expect(writeZip(entries)).toEqual(written);
    expect(unwrap(readZip(written)).map(({ name, bytes }) => [name, bytes.length])).toEqual([
      ['dokument æ.pdf', 1000],
      ['tom', 0],
    ]);
    expect(withTools(written, ['-tqq', 'x.zip'])).toBe('0');
  });

  it('are read as the zip program writes them, streamed too', () => {
    const folder = mkdtempSync(join(tmpdir(), 'zip-'));
    try {
      writeFileSync(join(folder, 'a.txt'), 'hei '.repeat(100));
      writeFileSync(join(folder, 'b.txt'), 'b');
      spawnSync('zip', ['-q', 'out.zip', 'a.txt', 'b.txt'], { cwd: folder });
      const streamed = spawnSync('zip', ['-q', '-fd', '-', 'a.txt', 'b.txt'], { cwd: folder });
      const file = new Uint8Array(readFileSync(join(folder, 'out.zip')));
      for (const bytes of [file, new Uint8Array(streamed.stdout)])
        expect(unwrap(readZip(bytes)).map((entry) => [entry.name, entry.bytes.length])).toEqual([
          ['a.txt', 400],
          ['b.txt', 1],
        ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each([
    ['a path upwards', renamed('META-INF/b.xml', 'META/../ab.xml'), 'zip.unsafe-name'],
    ['an absolute path', renamed('META-INF/b.xml', '/ETA-INF/b.xml'), 'zip.unsafe-name'],
    ['a drive', renamed('META-INF/b.xml', 'C:TA-INF/b.xml'), 'zip.unsafe-name'],
    ['a backslash', renamed('META-INF/b.xml', 'META\\INF/b.xml'), 'zip.unsafe-name'],
    ['a control character', renamed('a.txt', 'a\ntxt'), 'zip.unsafe-name'],
    ['bytes before it', concat(Uint8Array.of(1), plain), 'zip.malformed'],
    ['bytes behind it', concat(plain, Uint8Array.of(1)), 'zip.not-a-zip'],
    ['half of it', plain.subarray(0, plain.length - 30), 'zip.not-a-zip'],
    ['nothing', new Uint8Array(), 'zip.not-a-zip'],
  ])('are refused with %s', (_, bytes, expected) => {
    expect(code(bytes)).toBe(expected);
  });

  it('are refused where names are twins, also to a file system that folds case', () => {
    const twin = (first: string, second: string): Uint8Array => {
      const bytes = Buffer.from(
        writeZip([
          { name: 'a1', bytes: utf8Bytes('1'), method: 'stored' },
          { name: 'b2', bytes: utf8Bytes('2'), method: 'stored' },
        ]),
      );
      for (const [from, to] of [
        ['a1', first],
        ['b2', second],
      ] as const)
        for (let at = bytes.indexOf(from); at !== -1; at = bytes.indexOf(from, at + 1))
          bytes.write(to, at);
      return new Uint8Array(bytes);
    };
    expect(code(twin('xx', 'xx'))).toBe('zip.duplicate-name');
    expect(code(twin('xx', 'xX'))).toBe('zip.duplicate-name');
  });

  it('are refused where an entry hides between others, or lies about its size', () => {
    const hidden = Buffer.from(plain);
    const central = hidden.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    // One entry less in the directory, its octets still in the file.
    const second = hidden.indexOf(Buffer.from([0x50, 0x4b, 1, 2]), central + 1);
    const end = hidden.indexOf(Buffer.from([0x50, 0x4b, 5, 6]));
    const tail = Buffer.from(hidden.subarray(end));
    tail.writeUInt16LE(1, 8);
    tail.writeUInt16LE(1, 10);
    tail.writeUInt32LE(second - central, 12);
    const without = concat(hidden.subarray(0, second), tail);
    expect(code(without)).toBe('zip.malformed');
    const bomb = deflateRawSync(Buffer.alloc(5_000_000));
    const honest = writeZip([{ name: 'a', bytes: new Uint8Array(5_000_000), method: 'deflated' }]);
    expect(bomb.length).toBeLessThan(10_000);
    expect(code(honest, { unpacked: 1_000_000 })).toBe('zip.limit');
    const liar = Buffer.from(honest);
    for (
      let at = liar.indexOf(Buffer.from([0x40, 0x4b, 0x4c, 0]));
      at !== -1;
      at = liar.indexOf(Buffer.from([0x40, 0x4b, 0x4c, 0]), at + 1)
    )
      liar.writeUInt32LE(100, at);
    expect(code(liar)).toBe('zip.malformed');
    expect(code(plain, { entries: 1 })).toBe('zip.limit');
  });

  it('answer any change of any octet with entries or a code', () => {
    fc.assert(
      fc.property(fc.nat(plain.length - 1), fc.nat(255), (at, value) => {
        const bytes = Uint8Array.from(plain);
        bytes[at] = value;
        return code(bytes) !== '';
      }),
    );
    expect(crc32(utf8Bytes('123456789'))).toBe(0xcbf43926);
  });
});
