/** The command as it is shipped, over a log that is long enough: it is walked by threads, and proved. */
import { systemClock as clock } from '../../electron/adapters/system-clock.ts';
import { nodeRandom as random } from '../../electron/adapters/node-random.ts';
import { unlockWithPassphrase } from '../../electron/archive/keys.ts';
import { openArchive } from '../../electron/archive/open-archive.ts';
import { usualPlan } from '../../electron/archive/verify-threads.ts';
import { unwrap } from '../../shared/result.ts';
import { makeHome, shippedCli } from '../commands/home.ts';
import { newScene, only } from '../commands/scene.ts';
import { passphrase } from '../support/desk.ts';
import { fillLog } from './archive-million.ts';

export async function showArchiveThreads(): Promise<boolean> {
  const scene = newScene();
  const shipped = await shippedCli();
  try {
    const home = await makeHome(scene, { program: shipped.program });
    const short = only(await home.ask('archive', 'verify'));
    const key = unwrap(await unlockWithPassphrase(home.folder, 'Kari Skrankevakt', passphrase));
    fillLog(home.folder, key, usualPlan.threadsFrom + 10_000);
    // Makes the views, and says in its own file that the log ends later now.
    unwrap(openArchive({ home: home.folder, key, clock, random })).close();
    const long = only(await home.ask('archive', 'verify'));
    for (const { ok, events, threads } of [short, long])
      console.log(
        `${String(events)} events: ${ok === true ? 'whole' : 'NOT whole'}, walked by ${String(threads)}`,
      );
    return (
      short['ok'] === true &&
      short['threads'] === 1 &&
      long['ok'] === true &&
      Number(long['threads']) > 1
    );
  } finally {
    shipped.remove();
    scene.close();
  }
}
