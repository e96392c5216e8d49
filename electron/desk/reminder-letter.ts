/** The same reminder as a letter to print. In the worker. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { paperFonts } from '../adapters/fonts.ts';
import { letterPages } from '../paper/letter-pages.ts';
import { saveAsPdfA } from '../paper/pdfa.ts';
import { jobOr, newId, perform, type Act, type Desk } from './desk.ts';
import { dateOf, reminderText, reminderWords } from './reminder-words.ts';
import { settingsOf } from './settings-store.ts';

export async function makeLetter(
  desk: Desk,
  { job: id, signer: of }: ParsedOf<'job.reminderLetter'>,
  { actor }: Act,
): Promise<Result<{ name: string; bytes: Uint8Array }>> {
  const job = jobOr(desk, id);
  if (!job.ok) return job;
  const signer = job.value.signers.find((one) => one.id === of);
  if (signer === undefined) return fail('signer.unknown', 'There is no such signer.');
  if (job.value.state !== 'open' || signer.state !== 'WAITING')
    return fail('job.not-waiting', 'Nobody waits for this signer.');
  const office = settingsOf(desk.archive).get('organisation');
  const own = settingsOf(desk.archive).get('mail').texts[signer.language];
  const { language } = signer;
  const now = desk.clock.now();
  const text = reminderText({
    ...{ job: job.value, signer, own, office: office.name, zone: desk.zone },
  });
  const heading = reminderWords(language).letter;
  const document = await letterPages(
    {
      ...{ language, heading, office: office.name, to: signer.name },
      date: dateOf(now.toISOString(), language, desk.zone),
      paragraphs: text.paragraphs,
    },
    paperFonts(),
  );
  const bytes = await saveAsPdfA(document, {
    ...{ part: 2, title: heading, language, time: now, id: newId(desk), about: [] },
  });
  const noted = perform(desk, id, actor, [{ type: 'note-reminder', signer: of, how: 'letter' }]);
  return noted.ok ? ok({ name: 'paaminnelse.pdf', bytes }) : noted;
}
