/** Who sees what, and who may begin by themselves. */
import { ok } from '../../shared/result.ts';
import { identityRules, putIdentityRules } from '../desk/counter-rules.ts';
import { confirmations, putConfirmation } from '../desk/office-confirmation.ts';
import { putCounter } from '../desk/settings.ts';
import * as units from '../desk/units.ts';
import type { Handlers } from '../rpc/router.ts';
import type { HandlerKit } from './kit.ts';

export function accessHandlers(kit: HandlerKit) {
  const { session, logins, at, emit, jobChanged, settingsChanged } = kit;
  return {
    'office.people': at(units.officePeople),
    // Whoever sees it no longer hears of the job itself.
    'job.audience': at(units.setAudience, (input) => {
      emit(jobChanged(input));
      return { type: 'archive.changed' };
    }),
    'job.looks': at(units.looksAt),
    'pickup.make': session.makePickUp,
    'pickup.withdraw': (input, caller) => session.withdrawPickUp(input, caller),
    'session.pickUp': session.pickUp,
    'session.beginLogin': (input, caller) => session.beginLogin(logins, input, caller),
    'session.login': (_, caller) => session.restLogin(logins, caller),
    'session.cancelLogin': (_, { client }) => {
      logins.forget(client);
      return ok(null);
    },
    'session.nextJob': (_, caller) => session.nextJob(caller),
    'settings.units': at(units.putUnits, settingsChanged),
    'settings.counter': at(putCounter, settingsChanged),
    'settings.identityRules': at(identityRules),
    'settings.putIdentityRules': at(putIdentityRules, settingsChanged),
    'settings.confirmations': at(confirmations),
    'settings.putConfirmation': at(putConfirmation, settingsChanged),
  } satisfies Partial<Handlers>;
}
