/** Copies the archive to a folder or drive, and proves the copy by opening it. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Refusal, type Result, unwrap } from '../../shared/result.ts';
import type { BackupReceipt } from '../../shared/rpc/views.ts';
import type { Archive, ArchiveProblem, Progress } from './archive.ts';
import { anchorFiles } from './anchors.ts';
import {
  backupFolderOf,
  backupLayout,
  findBackup,
  type Manifest,
  snapshotsIn,
  writeManifest,
} from './backup-folder.ts';
import { subkey } from './box.ts';
import { copyWhole, hashFile, isCopied } from './copy-file.ts';
import { openDatabase } from './database.ts';
import { documentPath, layoutOf, makeFolder, syncFile, syncFolder } from './layout.ts';
import { newestSchema } from './migrate.ts';
import { type ArchivePorts, openArchive } from './open-archive.ts';
import { openReading } from './open-copy.ts';
import { attemptGuarded, guarded } from './refusals.ts';
import { readSlots } from './slots.ts';
import { verifyArchive } from './verify.ts';

const lease = 'backup';
const leaseTime = 10 * 60_000;
/** Of the documents that were there already, this many are read again each time. */
const sampleSize = 20;

/**
 * Brings the backup in `folder` up to date: only new documents are copied. The backup before stays
 * whole until the new one was opened and verified; interrupted at any instant, one of them counts.
 * Refuses with `backup.folder-missing`, `backup.read-only`, `backup.disk-full`, `backup.inside-home`,
 * `backup.running`, `backup.not-sound` and with what `openArchive` refuses.
 */
export function backupArchive(
  ports: ArchivePorts,
  folder: string,
  progress?: Progress,
  actor = 'system',
): Result<BackupReceipt> {
  return attemptGuarded(() => {
    const archive = unwrap(openArchive(ports));
    try {
      if (!archive.lease(lease, leaseTime))
        throw new Refusal('backup.running', 'Another backup of this archive is running');
      try {
        const { receipt, head } = onDrive(() => write(ports, archive, folder, progress));
        const { documents } = receipt;
        archive.recordOffice(actor, { type: 'backup-made', ...head, documents });
        archive.putSetting('archive.last-backup', receipt.at, 'system');
        return receipt;
      } finally {
        archive.releaseLease(lease);
      }
    } finally {
      archive.close();
    }
  });
}

/** What the drive refuses is said of the backup, not of the archive. */
function onDrive<T>(body: () => T): T {
  try {
    return guarded(body);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    switch (error.failure.code) {
      case 'archive.disk-full':
        throw new Refusal('backup.disk-full', 'There is no room left on the backup drive');
      case 'archive.read-only':
        throw new Refusal('backup.read-only', 'The backup folder cannot be written to');
      case 'archive.unreadable':
        throw new Refusal('backup.unreadable', 'The backup drive does not answer');
      default:
        throw error;
    }
  }
}

function write(
  ports: ArchivePorts,
  archive: Archive,
  chosen: string,
  progress?: Progress,
): { readonly receipt: BackupReceipt; readonly head: Manifest['head'] } {
  const home = layoutOf(ports.home);
  const slots = readSlots(ports.home);
  const folder = prepareFolder(ports.home, backupFolderOf(resolve(chosen), slots.archive));
  const at = ports.clock.now().toISOString();
  const log = `archive-${at.replace(/[^0-9A-Z]/g, '')}.db`;
  const layout = backupLayout(folder, log);

  progress?.({ step: 'backup.log', done: 0, total: 1 });
  const snapshot = `${layout.archive}.part`;
  vacuumInto(home.archive, subkey(ports.key, 'archive'), snapshot);
  // After the log: every job the snapshot knows has its key in this keyring.
  vacuumInto(home.keyring, subkey(ports.key, 'keyring'), `${layout.keyring}.part`);
  renameSync(`${layout.keyring}.part`, layout.keyring);
  renameSync(snapshot, layout.archive);
  copyWhole(home.slots, layout.slots);

  const copy = openReading(layout, ports.key);
  try {
    const documents = copy.db.prepare<[], string>('SELECT id FROM document').pluck().all();
    copyAnchors(home.anchors, layout.anchors);
    const fresh = copyDocuments(home.documents, layout.documents, documents, (done) => {
      archive.lease(lease, leaseTime);
      progress?.({ step: 'backup.documents', done, total: documents.length });
    });
    syncFolder(folder);
    const sample = sampleOf(documents, ports);
    const report = verifyArchive(
      { ...copy, chosen: (document) => fresh.has(document) || sample.has(document) },
      progress,
    );
    if (!report.ok) {
      forgetDamaged(layout.documents, report.problems);
      throw new Refusal(
        'backup.not-sound',
        'The backup does not verify; the one before still counts',
        {
          problems: report.problems.slice(0, 20).map(({ code, place }) => ({ code, place })),
        },
      );
    }
    const head = { seq: report.events, hash: report.head };
    const { bytes } = report;
    writeManifest(folder, {
      ...{ format: 'skranke-backup-1', archive: slots.archive, schema: newestSchema, at },
      ...{ log, logSha256: hashFile(layout.archive), head, documents: documents.length, bytes },
    });
    const { events } = report;
    const receipt = { at, folder, events, documents: documents.length, bytes, tested: true };
    return { receipt, head };
  } finally {
    copy.close();
    removeOthers(folder);
  }
}

function prepareFolder(home: string, folder: string): string {
  const inside = relative(resolve(home), folder);
  if (!inside.startsWith('..') && inside !== folder)
    throw new Refusal('backup.inside-home', 'A backup inside the data folder goes with it');
  // A drive that is not plugged in must not become a folder of the same name on this disk.
  const chosen = dirname(folder);
  if (!existsSync(dirname(chosen)) || (existsSync(chosen) && !statSync(chosen).isDirectory()))
    throw new Refusal('backup.folder-missing', 'The backup folder is not there');
  for (const one of [chosen, folder, join(folder, 'documents')])
    if (!existsSync(one)) mkdirSync(one, { mode: 0o700 });
  for (const name of readdirSync(folder))
    if (/\.part(-journal|-wal|-shm)?$/.test(name)) rmSync(join(folder, name), { force: true });
  return folder;
}

/** One consistent copy, encrypted with the same key (`db.backup()` cannot do that here). */
function vacuumInto(from: string, key: Uint8Array, to: string): void {
  const db = openDatabase(from, key);
  try {
    db.prepare<[string]>('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
  syncFile(to);
}

/** They never change: what is there is there. */
function copyAnchors(from: string, to: string): void {
  const names = anchorFiles(from);
  if (names.length === 0) return;
  makeFolder(to);
  for (const name of names)
    if (!existsSync(join(to, name))) copyWhole(join(from, name), join(to, name));
  syncFolder(to);
}

/** Copies what is not there yet; answers the ids of what it copied. */
function copyDocuments(
  from: string,
  to: string,
  documents: readonly string[],
  tick: (done: number) => void,
): ReadonlySet<string> {
  const fresh = new Set<string>();
  const touched = new Set<string>();
  documents.forEach((document, index) => {
    const source = documentPath(from, document);
    const target = documentPath(to, document);
    // One that is missing here is reported by the verification that follows.
    if (existsSync(source) && !isCopied(source, target)) {
      copyWhole(source, target);
      fresh.add(document);
      touched.add(dirname(target));
    }
    tick(index + 1);
  });
  for (const folder of touched) syncFolder(folder);
  syncFolder(to);
  return fresh;
}

function sampleOf(documents: readonly string[], { random }: ArchivePorts): ReadonlySet<string> {
  if (documents.length <= sampleSize) return new Set(documents);
  const sample = new Set<string>();
  while (sample.size < sampleSize) {
    const pick = Buffer.from(random.bytes(6)).readUIntBE(0, 6) % documents.length;
    const document = documents[pick];
    if (document !== undefined) sample.add(document);
  }
  return sample;
}

/** A copy that went bad on the drive is copied anew by the next backup. */
function forgetDamaged(folder: string, problems: readonly ArchiveProblem[]): void {
  for (const { place } of problems) {
    const document = /^document ([0-9a-f]{32})/.exec(place)?.[1];
    if (document !== undefined) rmSync(documentPath(folder, document), { force: true });
  }
}

/** Snapshots that the manifest does not name. */
function removeOthers(folder: string): void {
  const manifest = existsSync(join(folder, 'backup.json')) ? findBackup(folder).manifest : null;
  for (const name of snapshotsIn(folder))
    if (name !== manifest?.log) rmSync(join(folder, name), { force: true });
}
