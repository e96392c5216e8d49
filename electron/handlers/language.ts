/** Languages that the office has added. */
import { ok } from '../../shared/result.ts';
import * as languages from '../desk/languages.ts';
import type { Handlers } from '../rpc/router.ts';
import type { HandlerKit } from './kit.ts';

export function languageHandlers({ door, at, settingsChanged }: HandlerKit) {
  return {
    // A locked archive has no words to give: the screen speaks those of its own.
    'language.spoken': () => {
      const desk = door.get();
      return desk.ok ? languages.spokenLanguages(desk.value) : ok([]);
    },
    'language.list': at(languages.listLanguages),
    'language.put': at(languages.putLanguage, settingsChanged),
    'language.remove': at(languages.removeLanguage, settingsChanged),
    'language.approve': at(languages.approveLanguage, settingsChanged),
  } satisfies Partial<Handlers>;
}
