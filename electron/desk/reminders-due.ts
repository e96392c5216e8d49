/** Which reminders are asked for, by a clerk or by the calendar. They wait in the outbox (`reminders.ts`). */
import { fail, type Result } from '../../shared/result.ts';
import { mailOf } from '../../shared/job/following.ts';
import type { JobCommand } from '../../shared/job/command.ts';
import type { Job } from '../../shared/job/job.ts';
import { signersInTurn } from '../../shared/job/signer-turns.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { perform, type Desk } from './desk.ts';
import { versionOf } from './jobs.ts';
import { settingsOf } from './settings-store.ts';

export const mailTopic = 'mail';
const day = 86_400_000;

/** Puts the mail into the outbox; the worker sends it. */
export function askReminder(
  desk: Desk,
  { job, signer }: ParsedOf<'job.remind'>,
  actor: string,
): Result<{ version: number }> {
  if (!settingsOf(desk.archive).get('mail').on)
    return fail('mail.off', 'No mail server is set up.');
  return versionOf(ask(desk, job, signer, actor));
}

function ask(
  desk: Desk,
  job: string,
  signer: string,
  actor: string,
  automaticFor?: string,
): Result<Job> {
  const command: JobCommand = {
    type: 'ask-reminder',
    signer,
    ...(automaticFor === undefined ? {} : { automaticFor }),
  };
  return perform(desk, job, actor, [command], {
    outbox: [{ topic: mailTopic, body: { job, signer } }],
  });
}

/** Asks for what the office wants sent so many days before a deadline. Answers the jobs it was for. */
export function askDueReminders(desk: Desk): readonly string[] {
  const { on, daysBefore } = settingsOf(desk.archive).get('mail');
  if (!on || daysBefore === null) return [];
  const now = desk.clock.now();
  const deadlineBefore = new Date(now.getTime() + daysBefore * day).toISOString();
  return desk.archive.jobsWhere({ state: 'open', deadlineBefore }).filter((id) => {
    const job = desk.archive.job(id);
    const deadline = job?.spec.deadline ?? null;
    if (job === null || deadline === null || deadline <= now.toISOString()) return false;
    return signersInTurn(job).some((signer) => {
      if (mailOf(signer) === null) return false;
      const before = job.version;
      const asked = ask(desk, id, signer.id, 'system', deadline);
      return asked.ok && asked.value.version !== before;
    });
  });
}
