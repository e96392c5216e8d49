/** What a signer at the kiosk may do: see, confirm, decline. Signing itself is in `sign-documents.ts`. */
import { fail, ok, type Result } from '../../shared/result.ts';
import { fillable, kindOf, lengthLimit, signaturePlaces } from '../../shared/job/field.ts';
import type { FieldSpec, Job, SignerStatus } from '../../shared/job/job.ts';
import { displayedSize } from '../../shared/document.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { SigningView } from '../../shared/rpc/views.ts';
import type { SigningField } from '../../shared/rpc/views-fields.ts';
import type { Caller } from '../rpc/router.ts';
import { confirmationsFor, firstConfirmation } from './confirmations.ts';
import { jobOr, perform, type Desk } from './desk.ts';
import { valueOf } from './filled-fields.ts';
import { given } from './jobs.ts';
import { mailedCopy } from './mail-settings.ts';
import { markLines, proofLine } from './mark-lines.ts';
import { ownKeysOf, signaturesOf } from './own-key.ts';
import { maskedProof, maskId } from '../../shared/job/masks.ts';
import { settingsOf } from './settings-store.ts';

/** The job and the signer that this client is bound to. */
export function boundTo(
  desk: Pick<Desk, 'archive'>,
  caller: Pick<Caller, 'standing'>,
): Result<{ job: Job; signer: SignerStatus }> {
  if (caller.standing.state !== 'signer')
    return fail('rpc.forbidden', 'This session may not do that.');
  const job = jobOr(desk, caller.standing.job);
  if (!job.ok) return job;
  const { signer: id } = caller.standing;
  const signer = job.value.signers.find((one) => one.id === id);
  if (signer === undefined) return fail('signer.unknown', 'The job has no such signer.');
  return ok({ job: job.value, signer });
}

export function signingView(desk: Desk, caller: Caller): Result<SigningView> {
  const bound = boundTo(desk, caller);
  if (!bound.ok) return bound;
  const { job, signer } = bound.value;
  const settings = settingsOf(desk.archive);
  const confirmations = confirmationsFor(desk, signer);
  return ok({
    title: job.spec.title,
    organisation: settings.get('organisation').name,
    signer: {
      id: signer.id,
      name: signer.name,
      maskedId: signer.nationalId === undefined ? null : maskId(signer.nationalId),
      birthDate: signer.birthDate ?? null,
      title: signer.title,
      role: signer.role,
      forWhom: signer.forWhom ?? null,
      language: signer.language,
      kioskLanguage: signer.kioskLanguage ?? signer.language,
    },
    documents: job.documents.flatMap((document) => {
      const newest = job.revisions.find((one) => one.document === document.id);
      if (newest === undefined) return [];
      const { findings } = document;
      return [
        {
          document: document.id,
          revision: newest.revision,
          sha256: newest.sha256,
          length: newest.length,
          title: document.title,
          pageCount: findings.pageCount,
          pages: findings.pages,
          places: signaturePlaces(job.spec, signer.id, document.id)
            .map((field) => field.placement)
            .filter(({ page }) => hasPage(findings.pages[page])),
          fields: fillable(job.spec, signer.id)
            .filter((field) => field.document === document.id)
            .filter(({ placement }) => hasPage(findings.pages[placement.page]))
            .map((field) => fieldView(desk, job, signer, field)),
        },
      ];
    }),
    confirmation: firstConfirmation(confirmations, signer),
    confirmations,
    markLines: markLines(job, signer, desk.clock.now(), desk.zone, proofLine(job, signer.language)),
    kind: signer.kind,
    // Also when the service was quick, and the job has ended while the browser was on its way back.
    atService: job.remote?.flow === 'direct' && job.state !== 'open',
    proof: proofOf(job),
    signatures: signaturesOf(job, signer),
    ownKeys: ownKeysOf(desk),
    trial: job.seal?.trial ?? false,
    idleSeconds: settings.get('kiosk').idleSeconds,
    strokeDynamics: settings.get('kiosk').strokeDynamics === true,
    imageMarks: settings.get('kiosk').imageMarks === true,
    mailedCopy: mailedCopy(desk),
  });
}

/** With what stands in it already, or will as far as one can know before signing. */
function fieldView(
  desk: Desk,
  { fieldNames }: Job,
  signer: SignerStatus,
  field: FieldSpec,
): SigningField {
  const now = { time: desk.clock.now(), zone: desk.zone };
  return {
    ...{ id: field.id, name: fieldNames[field.id] ?? '', kind: kindOf(field) },
    placement: field.placement,
    ...{ label: (field.label ?? '').trim(), required: field.required === true },
    maxLength: lengthLimit(field),
    value: valueOf(field, signer, {}, now),
  };
}

function proofOf(job: Job): SigningView['proof'] {
  const proof = job.state === 'open' ? (job.atKiosk?.proof ?? null) : null;
  return proof === null ? null : { ...proof, given: maskedProof(proof.given) };
}

function hasPage(page: Parameters<typeof displayedSize>[0] | undefined): boolean {
  return page !== undefined && displayedSize(page).width > 0;
}

export function confirmSigning(
  desk: Desk,
  input: ParsedOf<'signing.confirm'>,
  caller: Caller,
): Result<null> {
  const bound = boundTo(desk, caller);
  if (!bound.ok) return bound;
  const { job, signer } = bound.value;
  // The words on the screen must be the ones that go into the evidence.
  const text = confirmationsFor(desk, signer).find(({ sha256 }) => sha256 === input.textSha256);
  if (text === undefined)
    return fail('signing.other-text', 'The text that was confirmed is not the one in force.');
  const { shown, pagesShown, override } = given(input);
  const unread = override === undefined ? unreadPages(job, pagesShown) : 0;
  if (unread > 0)
    return fail('signing.not-read', 'Not every page has been shown.', { pages: unread });
  const confirmed = perform(desk, job.id, `signer:${signer.id}`, [
    {
      type: 'confirm',
      signer: signer.id,
      textVersion: text.version,
      textSha256: text.sha256,
      text: text.text,
      language: text.builtIn,
      ...(text.approved === null
        ? {}
        : { added: { language: text.language, approved: text.approved } }),
      shown,
      pagesShown,
      ...(override === undefined ? {} : { override }),
    },
  ]);
  return confirmed.ok ? ok(null) : confirmed;
}

/** `pagesShown` is keyed `<document>/<page>`, the first page being 1: DOMAIN, the kiosk, step 4. */
function unreadPages(job: Job, pagesShown: Readonly<Record<string, number>>): number {
  let unread = 0;
  for (const document of job.documents)
    for (let page = 1; page <= document.findings.pageCount; page++)
      if (!Object.hasOwn(pagesShown, `${document.id}/${page}`)) unread += 1;
  return unread;
}

/** When this signer, who is still at the kiosk, signed; null where they have not. ISO instant. */
export function signedBefore(desk: Desk, caller: Caller): string | null {
  const bound = boundTo(desk, caller);
  if (!bound.ok || bound.value.signer.state !== 'SIGNED') return null;
  const { job, signer } = bound.value;
  const found = desk.archive
    .events(job.id)
    .find(({ event }) => event.type === 'signed' && event.signer === signer.id);
  return found?.at ?? null;
}

export function declineSigning(
  desk: Desk,
  input: ParsedOf<'signing.decline'>,
  caller: Caller,
): Result<null> {
  const bound = boundTo(desk, caller);
  if (!bound.ok) return bound;
  const { job, signer } = bound.value;
  // Asked again after the answer was lost: it has been done.
  if (signer.state === 'REJECTED') return ok(null);
  const declined = perform(desk, job.id, `signer:${signer.id}`, [
    { type: 'decline', signer: signer.id, reason: input.reason },
  ]);
  return declined.ok ? ok(null) : declined;
}
