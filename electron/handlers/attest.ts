/** The clerk's statement: with the seal, a key file, or the clerk's own card, which stays with the host. */
import { attestingOf, checkClerkName } from '../desk/before-attest.ts';
import { given } from '../desk/jobs.ts';
import type { Handlers } from '../rpc/router.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { Caller } from '../rpc/router.ts';
import { holdingCard } from './holding-card.ts';
import { actorOf, withDesk, type HandlerKit } from './kit.ts';

type AttestCall = ParsedOf<'job.attest'>;
type CardKey = Extract<NonNullable<AttestCall['key']>, { type: 'card' }>;

export function attestHandlers(kit: HandlerKit) {
  return {
    'job.attest': async ({ task, key, ...input }, caller) => {
      const result =
        key?.type === 'card'
          ? await withCard(kit, input, key, caller, task)
          : await kit.run(
              'job.attest',
              { ...given(input), ...(key === undefined ? {} : { key }) },
              kit.options(caller, task, 'counter'),
            );
      if (key?.type === 'key-file') key.bytes.fill(0);
      if (result.ok) kit.emit(kit.jobChanged(input));
      return result;
    },
  } satisfies Partial<Handlers>;
}

async function withCard(
  { door, run, cards, options }: HandlerKit,
  input: { readonly job: string; readonly signer: string },
  { certificate, pin, lastTry = false }: CardKey,
  caller: Caller,
  task: string | undefined,
): Promise<Result<{ version: number }>> {
  const found = await cards.find(certificate);
  if (!found.ok) return found;
  const { view } = found.value;
  if (view.problem !== null) return fail(view.problem, 'The certificate cannot sign.');
  const ready = withDesk(door, (desk) => {
    const attesting = attestingOf(desk, input, actorOf(caller));
    return attesting.ok ? checkClerkName(attesting.value, view.name) : attesting;
  });
  if (!ready.ok) return ready;
  const pins = pin === undefined ? [] : [pin];
  const use = { certificate, pins, lastTry, signatures: 1 };
  return holdingCard(cards, use, (own, answers) =>
    run('job.attest', { ...input, key: own }, { ...options(caller, task, 'card'), answers }),
  );
}
