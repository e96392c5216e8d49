/** Everything that could refuse a signature, asked before a card gets to see a PIN. */
import { decide } from '../../shared/job/decide.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Caller } from '../rpc/router.ts';
import type { Desk } from './desk.ts';
import { filledBy } from './filled-fields.ts';
import { signaturesOf } from './own-key.ts';
import { boundTo } from './signing.ts';
import type { SignInput } from './sign-documents.ts';

/** How many signatures there will be. */
export function checkBeforePin(
  desk: Desk,
  caller: Caller,
  input: Pick<SignInput, 'shown' | 'filled' | 'initials'>,
  certificate: string,
): Result<{ readonly signatures: number }> {
  const bound = boundTo(desk, caller);
  if (!bound.ok) return bound;
  const { job, signer } = bound.value;
  const time = desk.clock.now();
  const allowed = decide(job, {
    type: 'sign',
    now: time.toISOString(),
    filled: filledBy(job, signer, input, { time, zone: desk.zone }),
    ...{ signer: signer.id, kind: signer.kind, mark: 'none', shown: input.shown, revisions: [] },
    ...{ evidence: '', evidenceHash: '', certificateSubject: '', key: 'card' },
    ...{ trial: false, level: 'B-B' },
  });
  if (!allowed.ok) return allowed;
  const given = job.state === 'open' ? job.atKiosk?.proof?.given : undefined;
  if (given?.id !== certificate)
    return fail('proof.other-certificate', 'The certificate is another one than was shown.');
  return ok({ signatures: signaturesOf(job, signer) });
}
