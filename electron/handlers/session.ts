/** Who is at the screen. */
import type { Handlers } from '../rpc/router.ts';
import type { HandlerKit } from './kit.ts';

export function sessionHandlers(kit: HandlerKit) {
  const { session, events } = kit;
  return {
    'session.state': (_, caller) => ({ ok: true, value: session.view(caller.client) }),
    'session.setUp': session.setUp,
    'session.signIn': session.signIn,
    'session.resume': session.resume,
    'session.recover': session.recover,
    'session.signOut': (_, caller) => session.signOut(caller),
    'session.touch': (_, caller) => session.touch(caller),
    'session.lock': (_, caller) => session.lock(caller),
    'session.changePassphrase': async (input, caller) => {
      const result = await session.changePassphrase(input, caller);
      if (result.ok) events.emitTo(caller.client, { type: 'session.changed' });
      return result;
    },
    'session.changePin': session.changePin,
    'session.handOver': (input, caller) => session.handOver(input, caller, session.screens.target),
    'session.takeBack': session.takeBack,
    'session.leave': session.leave,
  } satisfies Partial<Handlers>;
}
