/** The calls by which a signer shows who they are, and the clerk beside them puts their name to it. */
import { z } from 'zod';
import { method, signers } from './contract-method.ts';
import { hex256, pin } from './inputs.ts';

export const proofMethods = {
  /**
   * The clerk compared what the proof says with the person: on the signer's screen, with the PIN of
   * the clerk who handed over. `proof` is the one that stands there, by its own name.
   */
  'signing.acceptProof': method<null>()(signers, z.strictObject({ proof: hex256, pin })),
} as const;
