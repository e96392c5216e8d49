/** Where things stand in the data folder. No name says anything about people or jobs. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '../../shared/result.ts';

export interface Layout {
  readonly home: string;
  readonly slots: string;
  readonly archive: string;
  readonly keyring: string;
  readonly views: string;
  readonly documents: string;
  readonly staging: string;
  /** Timestamps and countersignatures over the log, one file each. */
  readonly anchors: string;
  /** Where the log's end stands (`head-witness.ts`). */
  readonly head: string;
}

export function layoutOf(home: string): Layout {
  return {
    home,
    slots: join(home, 'slots.json'),
    archive: join(home, 'archive.db'),
    keyring: join(home, 'keyring.db'),
    views: join(home, 'views.db'),
    documents: join(home, 'documents'),
    staging: join(home, 'staging'),
    anchors: join(home, 'anchors'),
    head: join(home, 'head'),
  };
}

const documentId = /^[0-9a-f]{32}$/;

/** The file of a document's revision 0. Ids become paths here, so only our own shape passes. */
export function documentPath(folder: string, id: string): string {
  if (!documentId.test(id)) throw new Refusal('document.unknown', 'There is no such document');
  return join(folder, id.slice(0, 2), id);
}

export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** True where an archive was created to its end: `archive.db` gets its name last. */
export function isArchive(home: string): boolean {
  const { slots, archive } = layoutOf(home);
  return existsSync(slots) && existsSync(archive);
}

/** Makes names in a folder durable. Windows cannot open folders; NTFS journals its names itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Makes a file's bytes durable. */
export function syncFile(file: string): void {
  const fd = openSync(file, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** The same for several at once: the disk puts them together. */
export async function syncFiles(files: readonly string[]): Promise<void> {
  await Promise.all(
    files.map(async (file) => {
      const handle = await open(file, 'r+');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    }),
  );
}

/** The file appears whole under its name or not at all, and is there after a power cut. */
export function writeDurably(file: string, bytes: Uint8Array): void {
  const part = `${file}.part`;
  const fd = openSync(part, 'w', 0o600);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(part, file);
  syncFolder(dirname(file));
}
