/** The watched folder. */
import { ok } from '../../shared/result.ts';
import { folderView, putFolder } from '../desk/folder-settings.ts';
import type { Handlers } from '../rpc/router.ts';
import { actorOf, withDesk, type HandlerKit } from './kit.ts';

export function folderHandlers({ door, folder, emit, settingsChanged }: HandlerKit) {
  const shown = () => withDesk(door, (desk) => ok(folderView(desk, folder.state())));
  return {
    'settings.folder': shown,
    'settings.putFolder': (input, caller) => {
      const put = withDesk(door, (desk) => putFolder(desk, input, actorOf(caller)));
      if (!put.ok) return put;
      folder.reconsider();
      emit(settingsChanged());
      return shown();
    },
    'settings.checkFolder': (input) => folder.check(input),
  } satisfies Partial<Handlers>;
}
