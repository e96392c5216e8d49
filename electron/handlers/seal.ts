/** The seal's key and the certificates that run out. */
import { certificatesDue, dismissWarning } from '../desk/certificates-due.ts';
import { sealKeyState } from '../desk/seal.ts';
import { ok } from '../../shared/result.ts';
import type { Handlers } from '../rpc/router.ts';
import type { HandlerKit } from './kit.ts';

export function sealHandlers({ session, at, emit, settingsChanged }: HandlerKit) {
  return {
    'seal.state': at((desk, _, actor) =>
      ok({ key: sealKeyState(desk), due: certificatesDue(desk, actor) }),
    ),
    'seal.unlock': async (input) => {
      const result = await session.unlockSeal(input);
      if (result.ok) emit(settingsChanged());
      return result;
    },
    'seal.dismiss': at(dismissWarning, settingsChanged),
  } satisfies Partial<Handlers>;
}
