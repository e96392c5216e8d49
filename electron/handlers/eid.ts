/** Logins with an e-ID: the signer's, and the providers they go to. */
import { maskId } from '../../shared/job/masks.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { EidTrialView } from '../../shared/rpc/views-eid.ts';
import * as eid from '../desk/eid-settings.ts';
import { beginSignerLogin, signerLogin } from '../desk/signer-login.ts';
import { settingsOf } from '../desk/settings-store.ts';
import type { FinishedLogin } from '../eid/login/finish-login.ts';
import type { Handlers } from '../rpc/router.ts';
import { actorOf, withDesk, type HandlerKit } from './kit.ts';

export function eidHandlers({ door, emit, logins, settingsChanged }: HandlerKit) {
  /** What a trial found, until the client's next one. */
  const found = new Map<string, EidTrialView['found']>();
  return {
    'signing.beginLogin': async ({ provider }, caller) => {
      const desk = door.get();
      return desk.ok ? beginSignerLogin(desk.value, logins, caller, provider) : desk;
    },
    'signing.login': (_, caller) => withDesk(door, (desk) => signerLogin(desk, logins, caller)),
    'signing.cancelLogin': (_, caller) => {
      logins.cancel(caller.client);
      return ok(null);
    },

    'settings.eid': async () => {
      const desk = door.get();
      return desk.ok ? ok(await eid.eidSettings(desk.value)) : desk;
    },
    'settings.putEid': async (input, caller) => {
      const desk = door.get();
      if (!desk.ok) return desk;
      const put = await eid.putEid(desk.value, input, actorOf(caller));
      if (put.ok) emit(settingsChanged());
      return put;
    },
    'settings.checkEid': async ({ provider: id }) => {
      const desk = door.get();
      if (!desk.ok) return desk;
      const settings = settingsOf(desk.value.archive).get('eid');
      const provider = eid.providerOf(settings, id);
      return provider.ok ? ok(await logins.check(provider.value, settings.port)) : provider;
    },
    'settings.tryEid': async ({ provider: id }, caller) => {
      const desk = door.get();
      if (!desk.ok) return desk;
      const settings = settingsOf(desk.value.archive);
      const provider = eid.providerOf(settings.get('eid'), id);
      if (!provider.ok) return provider;
      const { client } = caller;
      found.delete(client);
      return logins.begin({
        ...{ client, provider: provider.value, level: 3, language: settings.get('language') },
        port: settings.get('eid').port,
        settle(outcome: Result<FinishedLogin>) {
          if (outcome.ok) found.set(client, shown(outcome.value));
          return outcome;
        },
      });
    },
    'settings.eidTrial': (_, { client }) =>
      ok({ ...logins.view(client), found: found.get(client) ?? null }),
  } satisfies Partial<Handlers>;
}

function shown({ person, level, acr }: FinishedLogin): EidTrialView['found'] {
  const { name, birthDate, nationalId } = person;
  return { name, birthDate, level, acr, maskedId: nationalId === null ? null : maskId(nationalId) };
}
