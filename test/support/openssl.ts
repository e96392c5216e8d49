/** The openssl program, as an independent reader of what we write and writer of what we read. */
import { X509Certificate } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface OpensslRun {
  readonly accepted: boolean;
  /** What it wrote on both streams. */
  readonly text: string;
  /** A file it left in the folder. */
  file(name: string): Uint8Array;
}

/**
 * Runs openssl in a fresh folder that holds `files`; `then` gets the outcome while the folder stands.
 * Arguments name files relative to that folder.
 */
export function openssl<T>(
  args: readonly string[],
  files: Readonly<Record<string, Uint8Array | string>>,
  then: (run: OpensslRun) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const { status, stdout, stderr, error } = spawnSync('openssl', args, { cwd: folder });
    if (error !== undefined) throw new Error(`openssl is needed for this test: ${error.message}`);
    return then({
      accepted: status === 0,
      text: `${stdout.toString()}${stderr.toString()}`,
      file: (name) => new Uint8Array(readFileSync(join(folder, name))),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** DER certificates as one PEM text. */
export function pemOf(...certificates: readonly Uint8Array[]): string {
  return certificates.map((der) => new X509Certificate(der).toString()).join('');
}
