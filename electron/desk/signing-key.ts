/**
 * Whose key makes a signer's signature (DOMAIN, kinds of signature): the organisation's seal for simple
 * and authenticated ones, the signer's own for advanced ones.
 */
import type { JobEvent } from '../../shared/job/event.ts';
import type { SignerStatus } from '../../shared/job/job.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SigningKey } from '../core/ports.ts';
import type { Desk } from './desk.ts';
import { checkSeal, sealOf } from './seal.ts';
import { sealKey } from './seal-keys.ts';

export interface ChosenKey {
  readonly key: SigningKey;
  readonly use: Extract<JobEvent, { type: 'signed' }>['key'];
  /** The certificate's subject, as the log names it. */
  readonly subject: string;
  readonly trial: boolean;
}

export function signingKeyFor(desk: Desk, signer: SignerStatus): Result<ChosenKey> {
  switch (signer.kind) {
    case 'simple':
    case 'authenticated':
      return sealed(desk);
    case 'advanced':
      return fail('card.none', 'No card reader is set up here.');
  }
}

function sealed(desk: Desk): Result<ChosenKey> {
  const seal = sealOf(desk);
  const usable = checkSeal(desk);
  if (!usable.ok) return usable;
  if (seal === null) return fail('seal.missing', 'The organisation has no seal.');
  return ok({ key: sealKey(seal), use: 'seal', subject: seal.subject, trial: seal.trial });
}
