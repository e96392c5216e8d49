/** A signer's copy (DOMAIN.md, the kiosk, step 7): what they asked for, and whether they have it. Pure. */
import { fail, ok } from '../result.ts';
import type { JobCommand } from './command.ts';
import type { Decision } from './decision.ts';
import type { JobEvent } from './event.ts';
import type { Job, SignerStatus } from './job.ts';
import { unknownSigner } from './refusals.ts';

export type CopyEvent =
  /** At the kiosk, after signing. */
  | { readonly type: 'copy-asked'; readonly signer: string; readonly way: CopyWay }
  /** By a clerk, or to the mail server. Where it went stands nowhere. */
  | { readonly type: 'copy-given'; readonly signer: string; readonly way: CopyWay }
  /** The mail did not leave; `code`: why, in words of ours. */
  | { readonly type: 'copy-failed'; readonly signer: string; readonly code: string };

export const copyWays = ['paper', 'mail', 'clerk'] as const;
/**
 * `paper`: a receipt with a code to check it by; `mail`: what the office sends by e-mail; `clerk`: the
 * documents, as clerk and signer agree.
 */
export type CopyWay = (typeof copyWays)[number];

export interface Copy {
  readonly way: CopyWay;
  /** ISO instant; null while the signer waits for it. */
  readonly givenAt: string | null;
  /** Why the mail did not leave: the clerk gives a copy another way. */
  readonly failed?: string;
}

/** What an office sends by e-mail to those who ask: nothing, the receipt, or the documents as well. */
export const mailedCopies = ['no', 'receipt', 'documents'] as const;
export type MailedCopy = (typeof mailedCopies)[number];

export function decideCopy(
  job: Job,
  command: Extract<JobCommand, { type: 'ask-copy' | 'give-copy' | 'fail-copy' }>,
): Decision {
  const signer = job.signers.find(({ id }) => id === command.signer);
  if (signer === undefined) return unknownSigner();
  if (signer.state !== 'SIGNED') return fail('job.not-signed', 'The signer has not signed.');
  const { copy } = signer;
  if (command.type === 'fail-copy')
    return copy?.way === 'mail' && copy.givenAt === null
      ? ok([{ type: 'copy-failed', signer: signer.id, code: command.code }])
      : ok([]);
  const { way } = command;
  if (command.type === 'ask-copy')
    // By mail once more: the address was another.
    return copy?.way === way && copy.givenAt === null && way !== 'mail'
      ? ok([])
      : ok([{ type: 'copy-asked', signer: signer.id, way }]);
  return ok([{ type: 'copy-given', signer: signer.id, way }]);
}

export function withCopy(
  signers: readonly SignerStatus[],
  event: CopyEvent,
  at: string,
): readonly SignerStatus[] {
  const copy: Copy =
    event.type === 'copy-failed'
      ? { way: 'mail', givenAt: null, failed: event.code }
      : { way: event.way, givenAt: event.type === 'copy-given' ? at : null };
  return signers.map((one) => (one.id === event.signer ? { ...one, copy } : one));
}

/**
 * What a paper names one revision by: the first 64 bits of its SHA-256, in groups that can be read
 * aloud, `1A2B-3C4D-5E6F-7081`. Whoever has the file can compare; the office finds the job by it.
 */
export function checkCode(sha256: string): string {
  return (sha256.slice(0, 16).toUpperCase().match(/.{4}/g) ?? []).join('-');
}

/** The signer with the codes of what they have signed. */
export function withCodes(
  signers: readonly SignerStatus[],
  { signer, revisions }: Extract<JobEvent, { type: 'signed' }>,
): readonly SignerStatus[] {
  const codes = revisions.map(({ sha256 }) => checkCode(sha256));
  return signers.map((one) => (one.id === signer ? { ...one, codes } : one));
}
