/** The check button of the mail server. */
import { ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { MailCheck } from '../../shared/rpc/views-follow.ts';
import { openSmtp } from '../adapters/smtp.ts';
import type { Desk } from './desk.ts';
import { keptServer, mailServer, wrongServer } from './mail-settings.ts';
import { reminderWords } from './reminder-words.ts';
import { settingsOf, type MailSettings } from './settings-store.ts';

/** As it is typed: connects, says who we are, and sends a trial to whoever asked for one. In the worker. */
export async function checkMail(
  desk: Desk,
  { server, trialTo }: ParsedOf<'settings.checkMail'>,
): Promise<Result<MailCheck>> {
  const next: MailSettings = {
    ...settingsOf(desk.archive).get('mail'),
    ...keptServer(desk, server),
  };
  const wrong = wrongServer(next);
  if (wrong !== null) return wrong;
  const smtp = openSmtp(mailServer(next));
  const start = performance.now();
  try {
    const greeted = await smtp.greet();
    if (!greeted.ok) return ok({ code: greeted.error.code, sent: false, milliseconds: 0 });
    const milliseconds = Math.round(performance.now() - start);
    if (trialTo === undefined) return ok({ code: null, sent: false, milliseconds });
    const office = settingsOf(desk.archive).get('organisation').name;
    const { trial } = reminderWords(settingsOf(desk.archive).get('language'));
    const sent = await smtp.send({
      ...{ from: { name: office, address: next.from }, to: trialTo, subject: trial.subject },
      text: trial.body.replace('{office}', () => office),
    });
    return ok({ code: sent.ok ? null : sent.error.code, sent: sent.ok, milliseconds });
  } finally {
    smtp.close();
  }
}
