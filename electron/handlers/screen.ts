/** Kiosks that are screens of their own. */
import { ok } from '../../shared/result.ts';
import type { Handlers } from '../rpc/router.ts';
import { actorOf, type HandlerKit } from './kit.ts';

export function screenHandlers({ session, screenService, emit, settingsChanged }: HandlerKit) {
  const { screens, pairing } = session;
  return {
    'screen.list': (_, caller) => ok(screens.list(caller)),
    'screen.open': (_, caller) => screens.open(caller),
    'screen.close': (input) => screens.close(input),
    'screen.takeBack': screens.takeBack,
    'screen.report': screens.hear,
    'settings.screens': () => screenService.view(),
    'settings.putScreens': async (input, caller) => {
      const put = await screenService.put(input, actorOf(caller));
      if (!put.ok) return put;
      emit(settingsChanged());
      return screenService.view();
    },
    'settings.screenAuthority': () => screenService.authorityFile(),
    'screen.pair': pairing.pair,
    'screen.accept': pairing.accept,
    'screen.refuse': (input) => pairing.turnDown(input),
    'screen.unpair': pairing.unpair,
  } satisfies Partial<Handlers>;
}
