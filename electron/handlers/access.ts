/** Who sees what, and who may begin by themselves. */
import { putCounter } from '../desk/settings.ts';
import * as units from '../desk/units.ts';
import type { Handlers } from '../rpc/router.ts';
import type { HandlerKit } from './kit.ts';

export function accessHandlers({ session, at, emit, jobChanged, settingsChanged }: HandlerKit) {
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
    'settings.units': at(units.putUnits, settingsChanged),
    'settings.counter': at(putCounter, settingsChanged),
  } satisfies Partial<Handlers>;
}
