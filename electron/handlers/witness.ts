/** The exchange of the log's head with other offices. */
import * as witness from '../desk/witness-state.ts';
import type { Handlers } from '../rpc/router.ts';
import type { HandlerKit } from './kit.ts';

export function witnessHandlers({ at, run, emit, options, settingsChanged }: HandlerKit) {
  return {
    'archive.witnesses': at(witness.witnessView),
    'settings.witness': at(witness.putWitness, settingsChanged),
    'settings.checkWitness': at(witness.checkWitness),
    'settings.acceptWitness': at(witness.acceptWitness, settingsChanged),
    'archive.witness': async ({ task }, caller) => {
      const result = await run('archive.witness', {}, options(caller, task, 'background'));
      if (result.ok) emit(settingsChanged());
      return result;
    },
  } satisfies Partial<Handlers>;
}
