/**
 * Whose key makes a signer's signature (DOMAIN, kinds of signature): the organisation's seal for simple
 * and authenticated ones, the signer's own for advanced ones.
 */
import type { JobEvent } from '../../shared/job/event.ts';
import type { Job, SignerStatus } from '../../shared/job/job.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SigningKey } from '../core/ports.ts';
import type { Act, Desk } from './desk.ts';
import { ownSigningKey } from './own-key.ts';
import { checkSeal, sealOf } from './seal.ts';
import { sealKey } from './seal-keys.ts';
import type { SignInput } from './sign-documents.ts';

export interface ChosenKey {
  readonly key: SigningKey;
  readonly use: Extract<JobEvent, { type: 'signed' }>['key'];
  /** The certificate's subject, as the log names it. */
  readonly subject: string;
  readonly trial: boolean;
}

export async function signingKeyFor(
  desk: Desk,
  job: Job,
  signer: SignerStatus,
  { own, mark }: Pick<SignInput, 'own' | 'mark'>,
  act: Act,
): Promise<Result<ChosenKey>> {
  switch (signer.kind) {
    case 'simple':
    case 'authenticated':
      // A mark without a hand's work says nothing where neither a key nor a login says who signed.
      if (own !== undefined || (mark.type === 'plain' && signer.kind === 'simple'))
        return fail('signing.other-kind', 'Another kind of signature was asked for.');
      return sealed(desk);
    case 'advanced': {
      if (own === undefined) return fail('proof.none', 'The signer has not shown a certificate.');
      const mine = await ownSigningKey(desk, job, own, act);
      if (!mine.ok) return mine;
      const { key, certificate } = mine.value;
      const { commonName: subject, trial } = certificate;
      return ok({ key, use: own.type, subject, trial });
    }
  }
}

function sealed(desk: Desk): Result<ChosenKey> {
  const seal = sealOf(desk);
  const usable = checkSeal(desk);
  if (!usable.ok) return usable;
  if (seal === null) return fail('seal.missing', 'The organisation has no seal.');
  const key = sealKey(desk, seal);
  if (!key.ok) return key;
  return ok({ key: key.value, use: 'seal', subject: seal.subject, trial: seal.trial });
}
