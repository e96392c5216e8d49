/** The signer's card or key file at a script's counter: shown, and accepted with the clerk's PIN. */
import type { InputOf } from '../../shared/rpc/contract.ts';
import type { SigningView } from '../../shared/rpc/views.ts';
import { chooseCertificate } from './choose-certificate.ts';
import type { DeskClient } from './desk-client.ts';

export type OwnKeyOfScript = { readonly clerkPin: string } & (
  | {
      readonly type: 'card';
      readonly token: string | undefined;
      readonly certificate: string | undefined;
      /** Null where the reader has keys of its own. */
      readonly pin: string | null;
      readonly lastTry: boolean;
    }
  | { readonly type: 'key-file'; readonly bytes: Uint8Array; readonly passphrase: string }
);

/** What goes with `signing.sign`. */
export async function showOwnKey(
  desk: DeskClient,
  view: Pick<SigningView, 'signatures'>,
  own: OwnKeyOfScript,
): Promise<NonNullable<InputOf<'signing.sign'>['with']>> {
  if (own.type === 'key-file') {
    const file = () => ({ bytes: Uint8Array.from(own.bytes), passphrase: own.passphrase });
    const { proof } = await desk.call('signing.showKeyFile', file());
    await desk.call('signing.acceptProof', { proof, pin: own.clerkPin });
    return { type: 'key-file', ...file() };
  }
  const cards = await desk.call('card.list', {});
  const { certificate } = chooseCertificate(cards, own.token, own.certificate);
  const { proof } = await desk.call('signing.showCard', { certificate });
  await desk.call('signing.acceptProof', { proof, pin: own.clerkPin });
  const { pin, lastTry } = own;
  const pins = pin === null ? [] : Array<string>(view.signatures).fill(pin);
  return { type: 'card', certificate, pins, lastTry };
}
