/** Makes an archive out of a backup, on this machine or another, and proves that it can be done. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, type Result, unwrap } from '../../shared/result.ts';
import type { RehearsalReceipt } from '../../shared/rpc/views.ts';
import type { Clock, Random } from '../core/ports.ts';
import type { ArchiveReport, Progress } from './archive.ts';
import { backupLayout, damagedBackup, findBackup, type Manifest } from './backup-folder.ts';
import { anchorFiles } from './anchors.ts';
import { subkey } from './box.ts';
import { openDatabase } from './database.ts';
import { copyWhole, hashFile } from './copy-file.ts';
import { unlockWithRecoveryCode } from './keys.ts';
import { documentPath, layoutOf, makeFolder, syncFolder } from './layout.ts';
import { newestSchema } from './migrate.ts';
import { openArchive } from './open-archive.ts';
import { attemptGuarded } from './refusals.ts';

export interface RestorePorts {
  /** The backup, or the folder that was picked for it. */
  readonly folder: string;
  readonly home: string;
  readonly recoveryCode: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly progress?: Progress;
}

export interface Restored {
  /** The archive key, for adding slots on the new machine. */
  readonly key: Uint8Array;
  readonly backupAt: string;
  readonly events: number;
  readonly documents: number;
  /** Everything read and proved after the restore. */
  readonly report: ArchiveReport;
}

/** Stands in a home while it is being restored, so that an interrupted restore can start over. */
const marker = 'restoring';

/**
 * Restores the backup in `folder` onto `home`, which must be empty or not there, and verifies all of
 * it. Refuses with `archive.home-not-empty`, `backup.folder-missing`, `backup.not-here`,
 * `backup.several`, `backup.damaged`, `archive.wrong-recovery-code`,
 * `archive.mistyped-recovery-code`, `archive.newer`, `archive.disk-full`, `archive.read-only`; the
 * home is then as it was.
 */
export function restoreArchive(ports: RestorePorts): Result<Restored> {
  return attemptGuarded(() => {
    const { home } = ports;
    const backup = findBackup(ports.folder);
    if (backup.manifest.schema > newestSchema)
      throw new Refusal('archive.newer', 'A newer version of the program has made this backup');
    if (existsSync(home) && readdirSync(home).length > 0 && !existsSync(join(home, marker)))
      throw new Refusal('archive.home-not-empty', 'There is something in this folder already');
    const key = unwrap(unlockWithRecoveryCode(backup.folder, ports.recoveryCode));
    const existed = existsSync(home);
    try {
      copyBack({ ...ports, key }, backup.folder, backup.manifest);
      const archive = unwrap(openArchive({ ...ports, key, restored: true }));
      try {
        const report = archive.verify(ports.progress);
        const { events, documents } = report;
        const { at: backupAt, head } = backup.manifest;
        archive.recordOffice('system', { type: 'restored', backupAt, ...head });
        return { key, backupAt, events, documents, report };
      } finally {
        archive.close();
      }
    } catch (error) {
      empty(home);
      if (!existed) rmSync(home, { recursive: true, force: true });
      throw error;
    }
  });
}

function copyBack(
  ports: RestorePorts & { readonly key: Uint8Array },
  folder: string,
  manifest: Manifest,
): void {
  const { home, progress } = ports;
  const from = backupLayout(folder, manifest.log);
  const to = layoutOf(home);
  if (!existsSync(from.archive)) throw damagedBackup(manifest.log);
  if (!existsSync(from.keyring)) throw damagedBackup('keyring.db');
  if (hashFile(from.archive) !== manifest.logSha256) throw damagedBackup(manifest.log);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  empty(home);
  writeFileSync(join(home, marker), '', { mode: 0o600 });
  for (const one of [to.documents, to.staging]) makeFolder(one);

  const { key } = ports;
  if (!isSound(from.keyring, subkey(key, 'keyring'))) throw damagedBackup('keyring.db');
  const log = openDatabase(from.archive, subkey(key, 'archive'), { readonly: true });
  try {
    const documents = log.prepare<[], string>('SELECT id FROM document').pluck().all();
    documents.forEach((document, index) => {
      const source = documentPath(from.documents, document);
      // A missing or damaged file costs that document, not the archive: the report names it.
      if (existsSync(source)) copyWhole(source, documentPath(to.documents, document));
      progress?.({ step: 'restore.documents', done: index + 1, total: documents.length });
    });
  } finally {
    log.close();
  }
  for (const name of readdirSync(to.documents)) syncFolder(join(to.documents, name));
  for (const name of anchorFiles(from.anchors)) {
    makeFolder(to.anchors);
    copyWhole(join(from.anchors, name), join(to.anchors, name));
  }
  copyWhole(from.slots, to.slots);
  copyWhole(from.keyring, to.keyring);
  const unfinished = `${to.archive}.new`;
  copyWhole(from.archive, unfinished);
  syncFolder(home);
  renameSync(unfinished, to.archive);
  rmSync(join(home, marker));
  syncFolder(home);
}

function isSound(file: string, key: Uint8Array): boolean {
  const checked = attemptGuarded(() => {
    const db = openDatabase(file, key, { readonly: true });
    try {
      return db.pragma('quick_check(1)', { simple: true }) === 'ok';
    } finally {
      db.close();
    }
  });
  return checked.ok && checked.value;
}

/** Only what a restore puts there. */
function empty(home: string): void {
  const { slots, archive, keyring, views, documents, staging, anchors, head } = layoutOf(home);
  const databases = [archive, `${archive}.new`, keyring, views];
  const files = databases.flatMap((file) => [file, `${file}-wal`, `${file}-shm`, `${file}.part`]);
  for (const one of [
    ...files,
    slots,
    `${slots}.part`,
    documents,
    staging,
    anchors,
    head,
    join(home, marker),
  ])
    rmSync(one, { recursive: true, force: true });
}

const rehearsalName = /^rehearsal-\d+$/;

/**
 * Restores the backup beside the archive in `home`, verifies it and removes it again: what a new
 * machine would do.
 */
export function rehearse(ports: RestorePorts): Result<RehearsalReceipt> {
  return attemptGuarded(() => {
    for (const name of readdirSync(ports.home))
      if (rehearsalName.test(name))
        rmSync(join(ports.home, name), { recursive: true, force: true });
    const home = join(ports.home, `rehearsal-${process.pid}`);
    try {
      const { report, backupAt, events, documents } = unwrap(restoreArchive({ ...ports, home }));
      const at = ports.clock.now().toISOString();
      return { at, backupAt, events, documents, ok: report.ok };
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
}
