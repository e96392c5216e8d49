/**
 * How a backup lies on a drive. The folder somebody picked gets one folder per archive:
 *
 *   skranke-1a2b3c4d/
 *     backup.json        which snapshot counts, its hash, the log's head
 *     slots.json         the ways in, the recovery code among them
 *     keyring.db         replaced each time: what was disposed of is gone from here too
 *     archive-….db       the log
 *     documents/xx/…     the encrypted files, copied once
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../shared/result.ts';
import { type Layout, layoutOf, writeDurably } from './layout.ts';

export interface Manifest {
  readonly format: 'skranke-backup-1';
  readonly archive: string;
  readonly schema: number;
  readonly at: string;
  /** Name of the log's snapshot beside this file. */
  readonly log: string;
  /** Hex SHA-256 of the snapshot. */
  readonly logSha256: string;
  readonly head: { readonly seq: number; readonly hash: string };
  readonly documents: number;
  readonly bytes: number;
}

const manifestName = 'backup.json';
const snapshotName = /^archive-[0-9A-Za-z]+\.db$/;

export function backupFolderOf(folder: string, archive: string): string {
  return join(folder, `skranke-${archive.slice(0, 8)}`);
}

/** The databases of a backup, where the archive's code looks for those of a home. */
export function backupLayout(folder: string, log: string): Layout {
  return { ...layoutOf(folder), archive: join(folder, log) };
}

export function writeManifest(folder: string, manifest: Manifest): void {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  writeDurably(join(folder, manifestName), Buffer.from(text));
}

/** Snapshots in the folder, whether the manifest names them or not. */
export function snapshotsIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => snapshotName.test(name));
}

/**
 * The backup in `folder`, or the only one in a folder of it. Refuses with `backup.not-here`,
 * `backup.several` and `backup.damaged`.
 */
export function findBackup(folder: string): { folder: string; manifest: Manifest } {
  if (!existsSync(folder)) throw new Refusal('backup.folder-missing', 'There is no such folder');
  const found = [
    folder,
    ...readdirSync(folder)
      .filter((name) => name.startsWith('skranke-'))
      .map((name) => join(folder, name)),
  ].filter((one) => existsSync(join(one, manifestName)));
  const [only, second] = found;
  if (only === undefined) throw new Refusal('backup.not-here', 'There is no backup in this folder');
  if (second !== undefined)
    throw new Refusal('backup.several', 'There are backups of several archives in this folder');
  return { folder: only, manifest: readManifest(only) };
}

function readManifest(folder: string): Manifest {
  const manifest = parse(readFileSync(join(folder, manifestName), 'utf8'));
  if (manifest === null) throw damagedBackup('backup.json');
  return manifest;
}

function parse(text: string): Manifest | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const manifest = value as Partial<Manifest>;
    const sound =
      manifest.format === 'skranke-backup-1' &&
      Number.isSafeInteger(manifest.schema) &&
      typeof manifest.at === 'string' &&
      // It becomes a path.
      typeof manifest.log === 'string' &&
      snapshotName.test(manifest.log) &&
      typeof manifest.logSha256 === 'string' &&
      typeof manifest.head === 'object';
    return sound ? (manifest as Manifest) : null;
  } catch {
    return null;
  }
}

export function damagedBackup(place: string): Refusal {
  return new Refusal('backup.damaged', 'The backup is damaged', { place });
}
