/** Backup, the rehearsal of a restore, and the check of the whole archive. In the worker. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ArchiveReportView, BackupReceipt, RehearsalReceipt } from '../../shared/rpc/views.ts';
import { backupArchive } from '../archive/backup.ts';
import { rehearse } from '../archive/restore.ts';
import { falseAnchors } from './anchoring.ts';
import { falseWitnesses } from './witness-kept.ts';
import type { Act, Desk } from './desk.ts';
import { note } from './office-log.ts';
import { settingsOf } from './settings-store.ts';

/** `key` is the archive's: a backup opens what it wrote, to prove it. */
export function backUp(
  desk: Desk,
  input: { readonly folder?: string; readonly key: Uint8Array },
  act: Act,
): Result<BackupReceipt> {
  const settings = settingsOf(desk.archive);
  const folder = input.folder ?? settings.get('backup').folder;
  if (folder === null) return fail('backup.no-folder', 'No backup folder has been chosen.');
  const { clock, random } = desk;
  const ports = { home: desk.archive.home, key: input.key, clock, random };
  const made = backupArchive(ports, folder, act.progress, act.actor);
  if (made.ok) settings.change('backup', (now) => ({ ...now, last: made.value }), act.actor);
  return made;
}

/** Øvelse: what a new machine would do, with the code somebody has printed. */
export function rehearseRestore(
  desk: Desk,
  input: { readonly recoveryCode: string },
  act: Act,
): Result<RehearsalReceipt> {
  const settings = settingsOf(desk.archive);
  const backup = settings.get('backup');
  const folder = backup.folder ?? backup.last?.folder ?? null;
  if (folder === null) return fail('backup.no-folder', 'No backup folder has been chosen.');
  const { clock, random } = desk;
  const { home } = desk.archive;
  const { recoveryCode } = input;
  const done = rehearse({ folder, home, recoveryCode, clock, random, progress: act.progress });
  if (done.ok)
    settings.change('backup', (now) => ({ ...now, lastRehearsal: done.value }), act.actor);
  if (done.ok) {
    const { backupAt, ok: sound } = done.value;
    note(desk, act.actor, { type: 'backup-rehearsed', backupAt, ok: sound });
  }
  return done;
}

export async function verifyArchive(
  desk: Desk,
  _input: object,
  act: Act,
): Promise<Result<ArchiveReportView>> {
  const report = desk.archive.verify(act.progress);
  const problems = [
    ...report.problems,
    ...(await falseAnchors(desk)),
    ...(await falseWitnesses(desk)),
  ];
  return ok({ ...report, ok: problems.length === 0, problems });
}
