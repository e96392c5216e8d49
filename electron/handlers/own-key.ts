/** Signing with a key of the signer's own: the card stays with the host, a key file is used once. */
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { checkBeforePin } from '../desk/before-pin.ts';
import type { SignInput } from '../desk/sign-documents.ts';
import type { Caller } from '../rpc/router.ts';
import { holdingCard } from './holding-card.ts';
import { withDesk, type HandlerKit } from './kit.ts';

type OwnKeyInput = NonNullable<ParsedOf<'signing.sign'>['with']>;

export async function signWithOwnKey(
  { door, run, cards, options }: HandlerKit,
  caller: Caller,
  input: SignInput,
  own: OwnKeyInput,
  task: string | undefined,
) {
  const how = options(caller, task, 'card');
  if (own.type === 'key-file') {
    try {
      return await run('signing.sign', { ...input, own }, how);
    } finally {
      own.bytes.fill(0);
    }
  }
  const { certificate, pins, lastTry = false } = own;
  const ready = withDesk(door, (desk) => checkBeforePin(desk, caller, input, certificate));
  if (!ready.ok) return ready;
  const { signatures } = ready.value;
  const use = { certificate, pins, lastTry, signatures };
  return holdingCard(cards, use, (card, answers) =>
    run('signing.sign', { ...input, own: card }, { ...how, answers }),
  );
}
