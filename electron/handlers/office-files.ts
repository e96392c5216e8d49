/** LibreOffice, for office files. */
import { ok } from '../../shared/result.ts';
import { officeFilesView, putOfficeFiles } from '../desk/office-files.ts';
import type { Handlers } from '../rpc/router.ts';
import type { HandlerKit } from './kit.ts';

export function officeFileHandlers({ at, run, options, settingsChanged }: HandlerKit) {
  return {
    'settings.officeFiles': at((desk) => ok(officeFilesView(desk))),
    'settings.putOfficeFiles': at(putOfficeFiles, settingsChanged),
    'settings.checkOffice': ({ task, ...input }, caller) =>
      run('settings.checkOffice', input, options(caller, task, 'background')),
  } satisfies Partial<Handlers>;
}
