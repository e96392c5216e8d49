/**
 * A signer's copy by e-mail. The address is a row of the outbox and nothing else: it stands in no event and
 * no log, and the row goes before the mail is handed over, so that nobody is written to twice.
 */
import { ok, type Result } from '../../shared/result.ts';
import type { Job } from '../../shared/job/job.ts';
import { openSmtp, type Letter, type Smtp } from '../adapters/smtp.ts';
import type { OutboxRow } from '../archive/archive.ts';
import { receiptWords } from '../paper/receipt-content.ts';
import { say } from '../paper/words.ts';
import { copyTopic, wantedIn } from './copies-asked.ts';
import { receiptFor } from './copies.ts';
import { perform, type Desk } from './desk.ts';
import { mailedCopy, mailServer } from './mail-settings.ts';
import { givenUpAfter, type MailReport } from './reminders.ts';
import { settingsOf } from './settings-store.ts';

/** Bytes of all documents together; mail servers take little more. */
const largest = 10 * 1024 * 1024;

/** Copies that wait go out. In the worker. */
export async function copyRound(desk: Desk): Promise<Result<MailReport>> {
  const rows = desk.archive.outbox(copyTopic, 200);
  if (rows.length === 0) return ok({ changed: [], trouble: null });
  if (mailedCopy(desk) === 'no')
    return ok({ changed: giveUp(desk, rows, 'mail.off', 0), trouble: 'mail.off' });
  const smtp = openSmtp(mailServer(settingsOf(desk.archive).get('mail')));
  try {
    const greeted = await smtp.greet();
    if (!greeted.ok) {
      const { code } = greeted.error;
      return ok({ changed: giveUp(desk, rows, code, givenUpAfter), trouble: code });
    }
    const changed: string[] = [];
    for (const row of rows) if (await send(desk, smtp, row)) changed.push(wantedIn(row).job);
    return ok({ changed, trouble: null });
  } finally {
    smtp.close();
  }
}

function giveUp(desk: Desk, rows: readonly OutboxRow[], code: string, after: number) {
  const now = desk.clock.now().getTime();
  return rows.flatMap((row) => {
    if (now - Date.parse(row.at) < after) return [];
    const { job, signer } = wantedIn(row);
    desk.archive.removeFromOutbox(row.id);
    return perform(desk, job, 'system', [{ type: 'fail-copy', signer, code }]).ok ? [job] : [];
  });
}

async function send(desk: Desk, smtp: Smtp, row: OutboxRow): Promise<boolean> {
  const { job, signer, address } = wantedIn(row);
  const letter = await letterTo(desk, job, signer, address);
  desk.archive.removeFromOutbox(row.id);
  const sent = letter.ok ? await smtp.send(letter.value) : letter;
  return perform(desk, job, 'system', [
    sent.ok
      ? { type: 'give-copy', signer, way: 'mail' }
      : { type: 'fail-copy', signer, code: sent.error.code },
  ]).ok;
}

async function letterTo(
  desk: Desk,
  job: string,
  signer: string,
  to: string,
): Promise<Result<Letter>> {
  const receipt = await receiptFor(desk, { job, signer });
  if (!receipt.ok) return receipt;
  const found = desk.archive.job(job);
  const who = found?.signers.find(({ id }) => id === signer);
  const language = who?.language ?? 'nb';
  const said = receiptWords(language).mail;
  const organisation = settingsOf(desk.archive).get('organisation').name;
  const wanted = mailedCopy(desk) === 'documents' && found !== null;
  const documents = wanted ? signedFiles(desk, found, signer) : [];
  const what = documents === null ? said.tooLarge : wanted ? said.documents : said.receipt;
  const values = { organisation, name: who?.name ?? '' };
  return ok({
    from: { name: organisation, address: settingsOf(desk.archive).get('mail').from },
    ...{ to, subject: say(said.subject, values) },
    text: `${[said.greeting, what, said.why, said.bye].map((line) => say(line, values)).join('\n\n')}\n`,
    attachments: [receipt.value, ...(documents ?? [])],
  });
}

/** As they were when this signer had signed; null where they are too large for a mail. */
function signedFiles(desk: Desk, job: Job, signer: string) {
  const signed = desk.archive
    .events(job.id)
    .findLast(({ event }) => event.type === 'signed' && event.signer === signer);
  const revisions = signed?.event.type === 'signed' ? signed.event.revisions : [];
  const newest = job.documents.flatMap(
    ({ id }) => revisions.findLast(({ document }) => document === id) ?? [],
  );
  if (newest.reduce((sum, { length }) => sum + length, 0) > largest) return null;
  return newest.flatMap(({ document, revision }, index) => {
    const source = desk.archive.source(document, revision);
    if (!source.ok) return [];
    try {
      const bytes = source.value.read(0, source.value.length);
      return [{ name: `dokument-${String(index + 1)}.pdf`, bytes }];
    } finally {
      source.value.close();
    }
  });
}
