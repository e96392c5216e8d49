/** `skranke archive`: is it whole, what others have seen of it, a copy of it, and bringing it back. */
import { attemptAsync } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { WitnessReport } from '../../shared/witness.ts';
import { nodeRandom } from '../adapters/node-random.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { dataFolder } from '../adapters/data-folder.ts';
import { restoreArchive } from '../archive/restore.ts';
import { UsageError, command, parseFlags, readSecret } from './console.ts';
import type { Console } from './console.ts';
import { exitCode, exitCodeFor } from './exit-code.ts';
import { deskFlags, signedInDesk } from './desk-client.ts';
import type { DeskClient, DeskFlags } from './desk-client.ts';

export const main = command(async (args, terminal) => {
  const { values, positionals } = parseFlags(args, {
    ...deskFlags,
    'recovery-code-file': { type: 'string' },
  });
  const [verb, folder] = positionals;
  switch (verb) {
    case 'verify':
      return withDesk(values, terminal, async (desk) => {
        const report = await desk.call('archive.verify', {});
        terminal.emit(report);
        terminal.say(
          `${report.ok ? 'The archive is whole' : 'The archive is damaged'}: ${report.events} events, ${report.documents} documents, ${report.revisions} revisions, head ${report.head.slice(0, 16)}`,
        );
        for (const { code, place } of report.problems) terminal.say(`  ! ${code}: ${place}`);
        return report.ok ? exitCode.done : exitCode.no;
      });
    case 'stats':
      return withDesk(values, terminal, async (desk) => {
        const stats = await desk.call('archive.stats', {});
        const { key, due } = await desk.call('seal.state', {});
        const certificates = due.map(({ dismissed: _, ...rest }) => rest);
        terminal.emit({ ...stats, sealKey: key, certificates });
        terminal.say(
          `${stats.events} events, ${stats.documents} documents, ${stats.revisions} revisions, ${stats.bytes} bytes, schema ${stats.schema}`,
        );
        terminal.say(`last backup: ${stats.lastBackup ?? 'none'}`);
        terminal.say(`last timestamp over the log: ${stats.lastAnchor ?? 'none'}`);
        for (const { of, subject, notAfter, daysLeft } of certificates)
          terminal.say(
            `  ! ${of} certificate ${subject} ${daysLeft < 0 ? 'expired' : `expires in ${daysLeft} days`} (${notAfter})`,
          );
        return exitCode.done;
      });
    case 'witness':
      return withDesk(values, terminal, async (desk) => {
        const report = await desk.call('archive.witness', {});
        const { offices } = await desk.call('archive.witnesses', {});
        const alarms = offices.flatMap(({ number, name, alarm }) =>
          alarm === null ? [] : [{ number, name, code: alarm.code, seq: alarm.head.seq }],
        );
        terminal.emit({ ...report, alarms });
        return tellWitness(report, alarms, terminal);
      });
    case 'backup':
      if (folder === undefined) throw new UsageError('archive backup takes a folder');
      return withDesk(values, terminal, async (desk) => {
        const receipt = await desk.call('settings.backupNow', { folder });
        terminal.emit(receipt);
        terminal.say(
          `${receipt.folder}: ${receipt.events} events, ${receipt.documents} documents, ${receipt.tested ? 'opened and checked' : 'NOT checked'}`,
        );
        return receipt.tested ? exitCode.done : exitCode.no;
      });
    case 'export':
      if (folder === undefined) throw new UsageError('archive export takes a folder');
      return withDesk(values, terminal, async (desk) => {
        const receipt = await desk.call('export.save', { folder });
        terminal.emit(receipt);
        terminal.say(`${receipt.folder}: ${receipt.jobs.length} jobs, receipt ${receipt.id}`);
        for (const { job, code } of receipt.failed) terminal.say(`  ! ${job}: ${code}`);
        if (receipt.unsealed !== null) terminal.say(`  ! our own pages: ${receipt.unsealed}`);
        return receipt.failed.length === 0 ? exitCode.done : exitCode.no;
      });
    case 'restore':
      if (folder === undefined) throw new UsageError('archive restore takes a folder');
      return restore(folder, values, terminal);
    default:
      throw new UsageError('archive takes verify, witness, backup, restore, stats or export');
  }
});

/** Out of reach where something has to be waited for; no where somebody's log is not what it was. */
function tellWitness(
  report: WitnessReport,
  alarms: readonly { readonly number: string; readonly code: string; readonly seq: number }[],
  terminal: Console,
): number {
  const { head, read, countersigned, kept, skipped, waits, problems, problemCount } = report;
  terminal.say(
    head === null ? 'our head was not written' : `our head at ${head.seq}: ${head.file}`,
  );
  terminal.say(
    `${read} files read, ${countersigned} heads countersigned, ${kept} countersignatures kept, ${skipped} skipped`,
  );
  for (const code of waits) terminal.say(`  ! waits: ${code}`);
  for (const { file, code } of problems) terminal.say(`  ! ${code}: ${file}`);
  for (const { number, code, seq } of alarms) terminal.say(`  ! ${number} at ${seq}: ${code}`);
  const isWrong = problemCount > 0 || alarms.length > 0;
  return isWrong ? exitCode.no : waits.length > 0 ? exitCode.outOfReach : exitCode.done;
}

/** The recovery code opens a backup on any machine; nobody needs to be signed in, nobody is yet. */
function restore(
  folder: string,
  flags: DeskFlags & { readonly 'recovery-code-file'?: string | undefined },
  terminal: Console,
): number {
  const file = flags['recovery-code-file'];
  const code = file === undefined ? process.env['SKRANKE_RECOVERY_CODE'] : readSecret(file);
  if (code === undefined)
    throw new UsageError('give the code in SKRANKE_RECOVERY_CODE or with --recovery-code-file');
  const home = flags.home ?? dataFolder();
  const restored = restoreArchive({
    clock: systemClock,
    random: nodeRandom,
    folder,
    home,
    recoveryCode: code,
  });
  return told(restored, terminal, ({ backupAt, report }) => {
    terminal.emit({ home, backupAt, ...report });
    terminal.say(
      `${home}: ${report.events} events and ${report.documents} documents as of ${backupAt}${report.ok ? '' : ', NOT whole'}`,
    );
    return report.ok ? exitCode.done : exitCode.no;
  });
}

async function withDesk(
  flags: DeskFlags,
  terminal: Console,
  body: (desk: DeskClient) => Promise<number>,
): Promise<number> {
  const done = await attemptAsync(async () => {
    const desk = await signedInDesk(flags);
    try {
      return await body(desk);
    } finally {
      await desk.close();
    }
  });
  return told(done, terminal, (code) => code);
}

function told<T>(result: Result<T>, terminal: Console, then: (value: T) => number): number {
  if (result.ok) return then(result.value);
  terminal.failure(result.error);
  return exitCodeFor(result.error);
}
