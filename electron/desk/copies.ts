/** A signer's copy of what they signed (DOMAIN.md, the kiosk, step 7): asked for there, given by a clerk. */
import { checkCode } from '../../shared/job/copies.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { paperFonts } from '../adapters/fonts.ts';
import { toHex } from '../core/pades/sign.ts';
import { saveAsPdfA } from '../paper/pdfa.ts';
import { proofPages } from '../paper/proof-pages.ts';
import { receiptContent } from '../paper/receipt-content.ts';
import type { Caller } from '../rpc/router.ts';
import { jobOr, perform, type Desk } from './desk.ts';
import { copyRow, keepLast } from './copies-asked.ts';
import { mailedCopy } from './mail-settings.ts';
import { timeLine } from './mark-lines.ts';
import { paperLook } from './office-look.ts';
import { settingsOf } from './settings-store.ts';
import { boundTo } from './signing.ts';

export function askCopy(
  desk: Desk,
  input: ParsedOf<'signing.askCopy'>,
  caller: Caller,
): Result<null> {
  const bound = boundTo(desk, caller);
  if (!bound.ok) return bound;
  const { job, signer } = bound.value;
  const { way } = input;
  if (way === 'mail' && mailedCopy(desk) === 'no')
    return fail('copy.no-mail', 'The office sends no copies by e-mail.');
  const asked = perform(
    desk,
    job.id,
    `signer:${signer.id}`,
    [{ type: 'ask-copy', signer: signer.id, way }],
    { outbox: way === 'mail' ? [copyRow(job.id, signer.id, input.address)] : [] },
  );
  // Of several addresses the last one counts.
  if (asked.ok) keepLast(desk, job.id, signer.id, way === 'mail');
  return asked.ok ? ok(null) : asked;
}

export function giveCopy(
  desk: Desk,
  { job, signer, way }: ParsedOf<'job.copyGiven'>,
  actor: string,
): Result<{ version: number }> {
  const given = perform(desk, job, actor, [{ type: 'give-copy', signer, way }]);
  return given.ok ? ok({ version: given.value.version }) : given;
}

/** One page for paper, PDF/A-2b, in the signer's own language. In the worker. */
export async function receiptFor(
  desk: Desk,
  input: ParsedOf<'job.receipt'>,
): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }>> {
  const found = jobOr(desk, input.job);
  if (!found.ok) return found;
  const job = found.value;
  const signer = job.signers.find(({ id }) => id === input.signer);
  if (signer === undefined) return fail('signer.unknown', 'The job has no such signer.');
  const recorded = desk.archive.events(job.id);
  const signed = recorded.findLast(
    ({ event }) => event.type === 'signed' && event.signer === signer.id,
  );
  if (signed?.event.type !== 'signed')
    return fail('job.not-signed', 'The signer has not signed here.');
  const { language } = signer;
  const when = (iso: string) => timeLine(new Date(iso), desk.zone, language);
  const madeAt = desk.clock.now();
  const signedFiles = signed.event.revisions.map(({ document, sha256 }) => {
    const known = job.documents.find(({ id }) => id === document);
    const code = checkCode(sha256);
    return { code, sha256, title: known?.title || known?.fileName || code };
  });
  const content = receiptContent({
    ...{ language, version: desk.version, kind: signed.event.kind, trial: signed.event.trial },
    title: job.spec.title,
    organisation: settingsOf(desk.archive).get('organisation').name,
    reference: job.spec.reference,
    signer: { name: signer.name, as: signer.title, forWhom: signer.forWhom ?? '' },
    ...{ signedAt: when(signed.at), madeAt: when(madeAt.toISOString()) },
    documents: signedFiles,
  });
  const fonts = paperFonts();
  const pages = await proofPages(content, fonts, paperLook(desk));
  const bytes = await saveAsPdfA(pages, {
    ...{ part: 2, title: `${content.label}: ${content.title}`, language, time: madeAt },
    id: toHex(desk.random.bytes(16)),
    about: signedFiles.map(({ code, sha256 }) => ({ name: code, sha256 })),
  });
  // The name tells nobody who it is about.
  return ok({ name: `kvittering-${signedFiles[0]?.code ?? job.id}.pdf`, bytes });
}
