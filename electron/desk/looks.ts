/** Who looks at a job that is not their own is in the office's log: once for each job and sitting. */
import type { Sessions, Standing } from '../rpc/sessions.ts';
import { note } from './office-log.ts';
import type { OpenDesk } from './open-desk.ts';

export interface Looks {
  looked(client: string, standing: Standing, job: string): void;
  /** Somebody tried what is not theirs to do; the same thing again is not news. */
  refused(client: string, standing: Standing, method: string): void;
}

interface Sitting {
  readonly who: string;
  readonly told: Set<string>;
}

export function createLooks(door: Pick<OpenDesk, 'get'>, sessions: Sessions): Looks {
  const sittings = new Map<string, Sitting>();
  sessions.onChange((client) => {
    const standing = sessions.standing(client);
    // A lock does not end a sitting: the same person comes back by their PIN.
    if (standing.state === 'visitor' && standing.resume === null) sittings.delete(client);
  });

  /** True the first time since this person sat down. */
  function isNew(client: string, who: string, what: string): boolean {
    const found = sittings.get(client);
    const sitting = found?.who === who ? found : { who, told: new Set<string>() };
    if (sitting !== found) sittings.set(client, sitting);
    if (sitting.told.has(what)) return false;
    sitting.told.add(what);
    return true;
  }

  return {
    looked(client, standing, job) {
      const desk = door.get();
      if (standing.state !== 'operator' || !desk.ok) return;
      const { user } = standing;
      const found = desk.value.archive.job(job);
      if (found === null || found.createdBy === user || !isNew(client, user, job)) return;
      note(desk.value, user, { type: 'looked', user, job });
    },
    refused(client, standing, method) {
      const desk = door.get();
      if (standing.state === 'visitor' || standing.state === 'screen' || !desk.ok) return;
      const who = standing.state === 'operator' ? standing.user : `signer:${standing.signer}`;
      if (isNew(client, who, method)) note(desk.value, who, { type: 'refused', method });
    },
  };
}
