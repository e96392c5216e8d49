/** How a signer shows who they are. */
import type { Handlers } from '../rpc/router.ts';
import type { HandlerKit } from './kit.ts';

export function proofHandlers({ session }: HandlerKit) {
  return {
    'signing.acceptProof': session.acceptProof,
  } satisfies Partial<Handlers>;
}
