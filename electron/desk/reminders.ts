/**
 * Reminding a signer: by the office's mail server, or with a letter to print. A mail that is asked for is
 * a row of the outbox; once it is being handed over it is never sent again by itself, whatever crashes.
 */
import { ok, type Result } from '../../shared/result.ts';
import { mailOf } from '../../shared/job/following.ts';
import { openSmtp, type Smtp } from '../adapters/smtp.ts';
import type { OutboxRow } from '../archive/archive.ts';
import { jobOr, perform, type Desk } from './desk.ts';
import { mailServer } from './mail-settings.ts';
import { mailTopic } from './reminders-due.ts';
import { reminderText } from './reminder-words.ts';
import { settingsOf, type MailSettings } from './settings-store.ts';

/** A server that has been away for so long: the clerk is told, and decides. */
export const givenUpAfter = 24 * 3_600_000;
export interface MailReport {
  /** Jobs whose reminders left, or did not. */
  readonly changed: readonly string[];
  /** Why nothing could leave; the rows stay. */
  readonly trouble: string | null;
}

/** What waits in the outbox goes out. In the worker. */
export async function mailRound(desk: Desk): Promise<Result<MailReport>> {
  const rows = desk.archive.outbox(mailTopic, 200);
  const mail = settingsOf(desk.archive).get('mail');
  if (rows.length === 0) return ok({ changed: [], trouble: null });
  const changed: string[] = [];
  // What was leaving when the program stopped may have arrived: nobody is written to twice by itself.
  const waiting = rows.filter((row) => {
    const found = reminderOf(desk, row);
    if (found?.state === 'asked') return true;
    if (found?.state === 'leaving') changed.push(...failed(desk, row, 'mail.outcome-unknown'));
    desk.archive.removeFromOutbox(row.id);
    return false;
  });
  if (waiting.length === 0) return ok({ changed, trouble: null });
  if (!mail.on)
    return ok({
      changed: [...changed, ...giveUp(desk, waiting, 'mail.off', 0)],
      trouble: 'mail.off',
    });
  const smtp = openSmtp(mailServer(mail));
  try {
    const greeted = await smtp.greet();
    if (!greeted.ok) {
      const { code } = greeted.error;
      return ok({
        changed: [...changed, ...giveUp(desk, waiting, code, givenUpAfter)],
        trouble: code,
      });
    }
    for (const row of waiting) if (await send(desk, smtp, mail, row)) changed.push(jobOf(row));
    return ok({ changed, trouble: null });
  } finally {
    smtp.close();
  }
}

async function send(desk: Desk, smtp: Smtp, mail: MailSettings, row: OutboxRow): Promise<boolean> {
  const { job: id, signer: of } = row.body as { readonly job: string; readonly signer: string };
  const job = desk.archive.job(id);
  const signer = job?.signers.find((one) => one.id === of);
  const to = signer === undefined ? null : mailOf(signer);
  const began = perform(desk, id, 'system', [{ type: 'begin-reminder', signer: of }]);
  if (!began.ok || job === null || signer === undefined || to === null) {
    desk.archive.removeFromOutbox(row.id);
    return false;
  }
  const office = settingsOf(desk.archive).get('organisation').name;
  const { zone } = desk;
  const own = mail.texts[signer.language];
  const { subject, paragraphs } = reminderText({ job, signer, office, own, zone });
  const sent = await smtp.send({
    ...{ from: { name: office, address: mail.from }, to, subject },
    text: `${paragraphs.join('\n\n')}\n`,
  });
  perform(desk, id, 'system', [
    sent.ok
      ? { type: 'note-reminder', signer: of, how: 'mail' }
      : { type: 'fail-reminder', signer: of, code: sent.error.code },
  ]);
  desk.archive.removeFromOutbox(row.id);
  return true;
}

function giveUp(
  desk: Desk,
  rows: readonly OutboxRow[],
  code: string,
  after: number,
): readonly string[] {
  const now = desk.clock.now().getTime();
  return rows.flatMap((row) => {
    if (now - Date.parse(row.at) < after) return [];
    const changed = failed(desk, row, code);
    desk.archive.removeFromOutbox(row.id);
    return changed;
  });
}

function failed(desk: Desk, row: OutboxRow, code: string): readonly string[] {
  const { job, signer } = row.body as { readonly job: string; readonly signer: string };
  return perform(desk, job, 'system', [{ type: 'fail-reminder', signer, code }]).ok ? [job] : [];
}

function jobOf(row: OutboxRow): string {
  return (row.body as { readonly job: string }).job;
}

function reminderOf(desk: Desk, row: OutboxRow) {
  const { job: id, signer } = row.body as { readonly job: string; readonly signer: string };
  const job = jobOr(desk, id);
  return job.ok && job.value.state === 'open' ? (job.value.reminders?.[signer] ?? null) : null;
}
