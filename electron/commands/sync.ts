/** `skranke sync`: what the window does with the remote signing service while it is open, without one. */
import { attemptAsync, Refusal } from '../../shared/result.ts';
import type { OutputOf } from '../../shared/rpc/contract.ts';
import { command, parseFlags, readSecret } from './console.ts';
import type { Console } from './console.ts';
import { deskFlags, signedInDesk } from './desk-client.ts';
import type { DeskClient } from './desk-client.ts';
import { exitCode, exitCodeFor } from './exit-code.ts';

type State = OutputOf<'posten.state'>;

/** How often it is looked whether a round is over. Milliseconds. */
const lookEvery = 200;

export const main = command(async (args, terminal) => {
  const { values } = parseFlags(args, {
    ...deskFlags,
    once: { type: 'boolean' },
    'posten-passphrase-file': { type: 'string' },
  });
  const opened = await attemptAsync(() => signedInDesk(values, { background: true }));
  if (!opened.ok) {
    terminal.failure(opened.error);
    return exitCodeFor(opened.error);
  }
  const desk = opened.value;
  const done = await attemptAsync(async () => {
    await unlock(desk, values['posten-passphrase-file']);
    return values.once === true ? once(desk, terminal) : follow(desk, terminal);
  });
  await desk.close();
  if (done.ok) return done.value;
  terminal.failure(done.error);
  return exitCodeFor(done.error);
});

/** The enterprise certificate is locked at every start, unless the system keeps its key. */
async function unlock(desk: DeskClient, file: string | undefined): Promise<void> {
  const { on, key } = await desk.call('posten.state', {});
  if (!on || key === 'none')
    throw new Refusal('posten.off', 'The remote signing service is not set up in this archive.');
  if (key === 'ready') return;
  const passphrase =
    file === undefined ? process.env['SKRANKE_POSTEN_PASSPHRASE'] : readSecret(file);
  if (passphrase === undefined || passphrase === '')
    throw new Refusal('posten.locked', 'Give the enterprise certificate’s passphrase.');
  await desk.call('posten.unlock', { passphrase });
}

/** One round: news first, then what waits to be sent. Out of reach where it ended early. */
async function once(desk: DeskClient, terminal: Console): Promise<number> {
  const state = await nextRound(desk, null);
  tell(terminal, state);
  return state.trouble === null && !state.copied ? exitCode.done : exitCode.outOfReach;
}

/** Round after round, as the service allows, until it is stopped. */
async function follow(desk: DeskClient, terminal: Console): Promise<number> {
  let stopped = false;
  const stop = (): void => void (stopped = true);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  let last: string | null = null;
  while (!stopped) {
    const state: State = await nextRound(desk, last, () => stopped);
    if (state.lastRoundAt !== last) tell(terminal, state);
    last = state.lastRoundAt;
  }
  return exitCode.done;
}

async function nextRound(
  desk: DeskClient,
  last: string | null,
  isOver: () => boolean = () => false,
): Promise<State> {
  for (;;) {
    const state = await desk.call('posten.state', {});
    // A copied archive asks nobody before somebody has said which of the two goes on.
    if (state.lastRoundAt !== last || isOver() || state.copied) return state;
    await new Promise((resolve) => setTimeout(resolve, lookEvery));
  }
}

function tell(terminal: Console, { strangers, ...state }: State): void {
  terminal.emit({ ...state, strangers: strangers.length });
  const words = state.copied ? 'this archive is a copy' : (state.trouble ?? 'in step');
  terminal.say(
    `${state.lastRoundAt ?? '-'}: ${words}, ${state.waiting} waiting, next ${state.nextPollAt ?? 'at once'}`,
  );
}
