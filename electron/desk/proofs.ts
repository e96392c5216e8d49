/** The clerk's word that what a signer showed is this person's (DOMAIN, kinds of signature). */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { Caller } from '../rpc/router.ts';
import { boundTo } from './signing.ts';
import { perform } from './desk.ts';
import type { Screen } from './screen.ts';

export function createProofs(screen: Screen) {
  const { door, checkPin, jobChanged } = screen;
  return {
    async acceptProof(
      input: ParsedOf<'signing.acceptProof'>,
      caller: Caller,
    ): Promise<Result<null>> {
      const { standing } = caller;
      const desk = door.get();
      if (!desk.ok) return desk;
      if (standing.state !== 'signer')
        return fail('rpc.forbidden', 'This session may not do that.');
      const bound = boundTo(desk.value, caller);
      if (!bound.ok) return bound;
      const { job, signer } = bound.value;
      const given = job.state === 'open' ? job.atKiosk?.proof?.given : undefined;
      // Before the PIN: what is not there takes no try.
      if (given?.id !== input.proof)
        return fail('proof.unknown', 'That is not what the signer showed.');
      const { clerk } = standing;
      const checked = await checkPin(clerk, input.pin);
      if (!checked.ok) return checked;
      const accepted = perform(desk.value, job.id, clerk, [
        { type: 'accept-proof', signer: signer.id, proof: input.proof },
      ]);
      if (!accepted.ok) return accepted;
      jobChanged(job.id);
      return ok(null);
    },
  };
}
