/** What independent programs say of a file: qpdf, pdfsig and pdftoppm (Poppler), openssl. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'reader-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Ran {
  readonly code: number;
  readonly output: string;
}

function run(program: string, args: readonly string[]): Ran {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'latin1',
    maxBuffer: 1 << 28,
    timeout: 120_000,
  });
  if (error !== undefined) throw new Error(`${program} is needed for this test: ${error.message}`);
  return { code: status ?? -1, output: `${stdout}${stderr}` };
}

/** Null where `qpdf --check` finds nothing wrong, else what it says. */
export function qpdfComplaints(bytes: Uint8Array, password?: string): string | null {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'a.pdf'), bytes);
    const secret = password === undefined ? [] : [`--password=${password}`];
    const { code, output } = run('qpdf', ['--check', ...secret, join(folder, 'a.pdf')]);
    return code === 0 && !/WARNING/i.test(output) ? null : output;
  });
}

/** The file as qpdf rewrites it with these options, e.g. encrypted or with object streams. */
export function qpdfRewritten(bytes: Uint8Array, options: readonly string[]): Uint8Array {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'a.pdf'), bytes);
    const { code, output } = run('qpdf', [
      ...options,
      join(folder, 'a.pdf'),
      join(folder, 'b.pdf'),
    ]);
    if (code !== 0) throw new Error(output);
    return new Uint8Array(readFileSync(join(folder, 'b.pdf')));
  });
}

export interface PdfsigSignature {
  readonly field: string;
  readonly valid: boolean;
  readonly whole: boolean;
  readonly signer: string;
}

/** The signatures as Poppler's pdfsig sees them, without judging certificates. */
export function pdfsig(bytes: Uint8Array, password?: string): readonly PdfsigSignature[] {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'a.pdf'), bytes);
    const secret = password === undefined ? [] : ['-upw', password];
    const { output } = run('pdfsig', ['-nocert', ...secret, join(folder, 'a.pdf')]);
    const blocks = output
      .split(/^Signature #\d+:$/m)
      .slice(1)
      .filter((block) => !block.includes('is not signed'));
    return blocks.map((block) => ({
      field: /Signature Field Name: (.*)/.exec(block)?.[1] ?? '',
      valid: /Signature Validation: Signature is Valid\./.test(block),
      whole: /^ {2}- Total document signed$/m.test(block),
      signer: /Common Name: (.*)/.exec(block)?.[1] ?? '',
    }));
  });
}

export interface SignedBytes {
  readonly byteRange: readonly [number, number, number, number];
  /** What is signed. */
  readonly content: Uint8Array;
  /** The CMS or token, cut to its own DER length. */
  readonly cms: Uint8Array;
}

/** Every signature's byte range and CMS, found without our reader: by searching the file's text. */
export function signedBytesOf(bytes: Uint8Array): readonly SignedBytes[] {
  const text = Buffer.from(bytes).toString('latin1');
  return [...text.matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g)].map((match) => {
    const [first, second, rest] = match.slice(1).map(Number) as [number, number, number];
    const hex = text.slice(first + 1, second - 1);
    const padded = Buffer.from(hex, 'hex');
    const long = padded.readUInt8(1) & 0x7f;
    const length = 2 + long + padded.readUIntBE(2, long);
    return {
      byteRange: [0, first, second, rest],
      content: Buffer.concat([bytes.subarray(0, first), bytes.subarray(second, second + rest)]),
      cms: padded.subarray(0, length),
    };
  });
}

function pem(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** Null where `openssl cms -verify` accepts the CMS over the bytes up to that root, else what it says. */
export function opensslComplaints(signed: SignedBytes, root: Uint8Array): string | null {
  return inFolder((folder) => {
    const at = (name: string): string => join(folder, name);
    writeFileSync(at('cms.der'), signed.cms);
    writeFileSync(at('content'), signed.content);
    writeFileSync(at('root.pem'), pem(root));
    const { code, output } = run('openssl', [
      ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', at('cms.der')],
      ...['-content', at('content'), '-CAfile', at('root.pem'), '-purpose', 'any'],
      ...['-out', at('out')],
    ]);
    return code === 0 ? null : output;
  });
}

/** A page as pixels (PPM, RGB) at that resolution, and how large it is. */
export function rendered(
  bytes: Uint8Array,
  page: number,
  dpi: number,
): { readonly width: number; readonly height: number; at(x: number, y: number): number[] } {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'a.pdf'), bytes);
    const pages = ['-f', String(page + 1), '-l', String(page + 1), '-singlefile'];
    const { code, output } = run('pdftoppm', [
      ...['-cropbox', '-r', String(dpi), ...pages],
      ...[join(folder, 'a.pdf'), join(folder, 'out')],
    ]);
    if (code !== 0) throw new Error(output);
    const ppm = readFileSync(join(folder, 'out.ppm'));
    const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.toString('latin1', 0, 64));
    if (header === null) throw new Error('no PPM');
    const [width, height] = [Number(header[1]), Number(header[2])];
    const start = header[0].length;
    return {
      width,
      height,
      at: (x, y) => [...ppm.subarray(start + 3 * (y * width + x), start + 3 * (y * width + x) + 3)],
    };
  });
}
