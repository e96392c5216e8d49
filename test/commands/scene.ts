/** What the tests of the command line share: a folder, keys, an authority that answers, and runs of it. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import type { TrialKeyType } from '../../electron/adapters/trial-pki.ts';
import { startTrialTimestampAuthority } from '../../electron/adapters/trial-timestamp-authority.ts';
import { root, spawnCli } from '../support/cli.ts';
import type { CliOptions, CliRun } from '../support/cli.ts';
import { makeKeyFiles } from '../support/key-files.ts';
import type { KeyFile, KeyFiles } from '../support/key-files.ts';

export const sample = join(root, 'resources/sample/leieavtale.pdf');

export interface Answer extends CliRun {
  /** Every line of stdout; a line that is not JSON fails the test. */
  readonly lines: readonly Record<string, unknown>[];
}

export interface Scene {
  readonly folder: string;
  readonly keys: KeyFiles;
  path(name: string): string;
  /** Writes a file of the scene and answers its path. */
  put(name: string, content: Uint8Array | string): string;
  read(name: string): Uint8Array;
  /** Names in a folder of the scene, dot files too. */
  list(name?: string): readonly string[];
  /** Flags of a key of that type, made once. */
  key(type?: TrialKeyType): readonly string[];
  keyFile(type?: TrialKeyType): KeyFile;
  close(): void;
}

export function newScene(): Scene {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-commands-'));
  const keys = makeKeyFiles(folder, 'Prøve');
  const made = new Map<TrialKeyType, KeyFile>();
  const path = (name: string): string => join(folder, name);
  const keyFile = (type: TrialKeyType = 'p-256'): KeyFile => {
    const file = made.get(type) ?? keys.make(`Kari Nordmann ${type}`, type);
    made.set(type, file);
    return file;
  };
  return {
    folder,
    keys,
    path,
    put(name, content) {
      writeFileSync(path(name), content);
      return path(name);
    },
    read: (name) => new Uint8Array(readFileSync(path(name))),
    list: (name = '.') => readdirSync(path(name)).sort(),
    keyFile,
    key(type) {
      const { file, passphraseFile } = keyFile(type);
      return ['--key', file, '--passphrase-file', passphraseFile];
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs the command with `--json`. */
export async function ask(args: readonly string[], options: CliOptions = {}): Promise<Answer> {
  const run = await spawnCli([...args, '--json'], options);
  return { ...run, lines: linesOf(run.stdout) };
}

export function linesOf(stdout: string): readonly Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** The one document that a run with one input prints. */
export function only({ lines, code, stderr }: Answer): Record<string, unknown> {
  const [line] = lines;
  if (line === undefined || lines.length > 1)
    throw new Error(`not one document (exit code ${code}): ${JSON.stringify(lines)}\n${stderr}`);
  return line;
}

/** The code of an answer that is an error. */
export function codeOf(answer: Record<string, unknown> | undefined): unknown {
  return (answer?.['error'] as { code?: unknown } | undefined)?.code;
}

/** A timestamp authority on this machine, whose certificate comes from the scene's own issuer. */
export function startAuthority(scene: Scene) {
  return startTrialTimestampAuthority({
    ...scene.keys.authority.issueTimestamper(),
    clock: systemClock,
  });
}

/** An address where nothing listens. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 9;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return `http://127.0.0.1:${port}/`;
}
