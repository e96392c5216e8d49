/** The office’s settings and its people. */
import { fail, ok } from '../../shared/result.ts';
import { sealView } from '../desk/seal.ts';
import * as jobs from '../desk/jobs.ts';
import { note } from '../desk/office-log.ts';
import * as settings from '../desk/settings.ts';
import * as trustedLists from '../desk/trusted-lists.ts';
import * as users from '../desk/users.ts';
import type { Handlers } from '../rpc/router.ts';
import { actorOf } from './kit.ts';
import type { HandlerKit } from './kit.ts';

export function settingsHandlers(kit: HandlerKit) {
  const { door, session, run, emit, background, at, options, settingsChanged, usersChanged } = kit;
  return {
    'settings.get': at(settings.getSettings),
    'settings.checklist': at(settings.checklist),
    'settings.organisation': at(settings.putOrganisation, settingsChanged),
    'settings.sealFromKeyFile': async (input, caller) => {
      const answer = await run(
        'settings.sealFromKeyFile',
        input,
        options(caller, undefined, 'counter'),
      );
      if (!answer.ok) return answer;
      door.holdSealKey(answer.value);
      emit(settingsChanged());
      const desk = door.get();
      const view = desk.ok ? sealView(desk.value) : null;
      return view === null ? fail('seal.missing', 'The organisation has no seal.') : ok(view);
    },
    'settings.trialSeal': async (_, caller) => {
      const result = await run('settings.trialSeal', {}, options(caller, undefined, 'counter'));
      if (result.ok) emit(settingsChanged());
      return result;
    },
    'settings.timestamps': at(settings.putTimestamps, () => {
      // What waited for an authority need not wait any longer.
      background.followUp();
      return settingsChanged();
    }),
    'settings.checkTimestamps': (_, caller) =>
      run('settings.checkTimestamps', undefined, options(caller, undefined, 'background')),
    'settings.trust': at(settings.putTrust, settingsChanged),
    'settings.addTrustedList': async ({ upload }, caller) => {
      const path = kit.uploads.path(caller.client, upload);
      if (!path.ok) return path;
      const work = { path: path.value };
      const added = await run(
        'settings.addTrustedList',
        work,
        options(caller, undefined, 'background'),
      );
      if (added.ok) emit(settingsChanged());
      return added;
    },
    'settings.removeTrustedList': at(trustedLists.removeTrustedList, settingsChanged),
    'settings.checkTrustedLists': (_, caller) =>
      run('settings.checkTrustedLists', undefined, options(caller, undefined, 'background')),
    'settings.norwegianIssuers': at(trustedLists.putNorwegianIssuers, settingsChanged),
    'settings.export': at(settings.putExportFolder, settingsChanged),
    'settings.kiosk': at(settings.putKiosk, settingsChanged),
    'settings.cards': at(settings.putCards, settingsChanged),
    'settings.lock': at(settings.putLock, settingsChanged),
    'settings.backup': at(settings.putBackup, settingsChanged),
    'settings.backupNow': async ({ task, ...input }, caller) => {
      const key = door.key();
      if (!key.ok) return key;
      const work = { ...jobs.given(input), key: key.value };
      const result = await run('settings.backupNow', work, options(caller, task, 'background'));
      if (result.ok) emit(settingsChanged());
      return result;
    },
    'settings.rehearse': async ({ task, ...input }, caller) => {
      const result = await run('settings.rehearse', input, options(caller, task, 'background'));
      if (result.ok) emit(settingsChanged());
      return result;
    },
    'settings.newRecoveryCode': async ({ passphrase }, caller) => {
      const user = actorOf(caller);
      const work = { user, passphrase };
      const made = await run(
        'archive.newRecoveryCode',
        work,
        options(caller, undefined, 'counter'),
      );
      const desk = door.get();
      if (made.ok && desk.ok) note(desk.value, user, { type: 'recovery-code-changed' });
      return made;
    },
    'settings.users': at(users.listUsers),
    'settings.addUser': async (input, caller) => {
      const key = door.key();
      if (!key.ok) return key;
      const work = { ...input, key: key.value };
      const result = await run('settings.addUser', work, options(caller, undefined, 'counter'));
      if (result.ok) emit(settingsChanged());
      return result;
    },
    'settings.editUser': at(users.editUser, usersChanged),
    'settings.deactivateUser': at(users.deactivateUser, usersChanged),
    'settings.reactivateUser': at(users.reactivateUser, usersChanged),
    'settings.resetPassphrase': async (input, caller) => {
      const key = door.key();
      if (!key.ok) return key;
      const work = { ...input, key: key.value };
      const asked = options(caller, undefined, 'counter');
      const result = await run('settings.resetPassphrase', work, asked);
      if (result.ok) session.putOut(input.user);
      return result;
    },
  } satisfies Partial<Handlers>;
}
