/** The signer at the kiosk, and the copy they take away. */
import { fail, ok, type Result } from '../../shared/result.ts';
import * as copies from '../desk/copies.ts';
import * as signing from '../desk/signing.ts';
import { createUnderWay } from '../desk/under-way.ts';
import type { Handlers } from '../rpc/router.ts';
import { withDesk } from './kit.ts';
import { signWithOwnKey } from './own-key.ts';
import type { HandlerKit } from './kit.ts';

export function signingHandlers(kit: HandlerKit) {
  const { at, door, run, emit, background, options, jobChanged } = kit;
  const repeats = createUnderWay<Result<{ signedAt: string }>>();
  return {
    'signing.view': (_, caller) => withDesk(door, (desk) => signing.signingView(desk, caller)),
    'signing.confirm': (input, caller) =>
      withDesk(door, (desk) => signing.confirmSigning(desk, input, caller)),
    'signing.sign': async ({ task, with: own, ...given }, caller) => {
      const { standing } = caller;
      if (standing.state !== 'signer')
        return fail('rpc.forbidden', 'This session may not do that.');
      const { job, signer, clerk } = standing;
      const input = { job, signer, clerk, ...given };
      // A kiosk whose network was gone asks again: it hears what the first time came to.
      return repeats.once(`${caller.client} ${job} ${signer}`, async () => {
        const done = withDesk(door, (desk) => ok(signing.signedBefore(desk, caller)));
        if (!done.ok) return done;
        if (done.value !== null) return ok({ signedAt: done.value });
        const result =
          own === undefined
            ? await run('signing.sign', input, options(caller, task, 'counter'))
            : await signWithOwnKey(kit, caller, input, own, task);
        if (!result.ok) return result;
        emit(jobChanged({ job }));
        if (result.value.state === 'signed') background.followUp();
        return ok({ signedAt: result.value.signedAt });
      });
    },
    'signing.askCopy': (input, caller) => {
      const result = withDesk(door, (desk) => copies.askCopy(desk, input, caller));
      if (result.ok && caller.standing.state === 'signer')
        emit(jobChanged({ job: caller.standing.job }));
      if (result.ok && input.way === 'mail') background.sendMail();
      return result;
    },
    'job.copyGiven': at(copies.giveCopy, jobChanged),
    'job.receipt': ({ task, ...input }, caller) =>
      run('job.receipt', input, options(caller, task, 'counter')),
    'job.proof': ({ task, ...input }, caller) =>
      run('job.proof', input, options(caller, task, 'counter')),
    'signing.decline': (input, caller) => {
      const result = withDesk(door, (desk) => signing.declineSigning(desk, input, caller));
      if (result.ok && caller.standing.state === 'signer')
        emit({ type: 'job.changed', job: caller.standing.job });
      return result;
    },
  } satisfies Partial<Handlers>;
}
