/** Kiosks that are screens of their own. */
import { noLook } from '../../shared/office-look.ts';
import { ok } from '../../shared/result.ts';
import { officeLook, putLook } from '../desk/office-look.ts';
import type { Handlers } from '../rpc/router.ts';
import { actorOf, type HandlerKit } from './kit.ts';

export function screenHandlers(kit: HandlerKit) {
  const { at, door, session, screenService, emit, settingsChanged } = kit;
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
    'office.look': () => {
      const desk = door.get();
      return ok(desk.ok ? officeLook(desk.value) : noLook);
    },
    'settings.putLook': at(putLook, settingsChanged),
  } satisfies Partial<Handlers>;
}
