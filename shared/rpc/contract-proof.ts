/** The calls by which a signer shows who they are, and the clerk beside them puts their name to it. */
import { z } from 'zod';
import type { CardsView } from '../card.ts';
import { admins, handlers, method, signers } from './contract-method.ts';
import { hex256, nothing, pin, short } from './inputs.ts';
import type { ShownCertificate } from './shown-certificate.ts';
import type { OwnKeyView } from './views.ts';

const keyFileShape = { bytes: z.instanceof(Uint8Array), passphrase: short(200) };

/** With what an advanced signer signs: a card, or a key file that is used once and kept nowhere. */
export const ownKeyInput = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('card'),
    certificate: hex256,
    /** As typed, one for each time the card asks; none where the reader has keys of its own. */
    pins: z.array(z.string().min(1).max(64)).max(400),
    /** The signer knows that one more wrong PIN locks the card. */
    lastTry: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('key-file'), ...keyFileShape }),
]);

/** The clerk's own, for one statement: a card asks for its PIN once, on the reader where that has keys. */
export const clerkKeyInput = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('card'),
    certificate: hex256,
    pin: z.string().min(1).max(64).optional(),
    lastTry: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('key-file'), ...keyFileShape }),
]);

export const proofMethods = {
  /** What is in the readers; the host tells by `cards.changed` when that changes, for a minute or so. */
  'card.list': method<CardsView>()([...signers, ...handlers, ...admins], nothing),
  /** The signer shows a certificate in a reader: compared and checked before any PIN. */
  'signing.showCard': method<ShownCertificate>()(signers, z.strictObject({ certificate: hex256 })),
  /** The same with a key file: opened, shown, and not kept. */
  'signing.showKeyFile': method<ShownCertificate & { certificate: OwnKeyView }>()(
    signers,
    z.strictObject(keyFileShape),
  ),
  /**
   * The clerk compared what the proof says with the person: on the signer's screen, with the PIN of
   * the clerk who handed over. `proof` is the one that stands there, by its own name.
   */
  'signing.acceptProof': method<null>()(signers, z.strictObject({ proof: hex256, pin })),
} as const;
