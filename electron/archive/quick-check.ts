/** Reads every page once: what a crash or a bad disk may have done to the databases. */
import type { ArchiveProblem } from './archive.ts';
import type { Db } from './database.ts';
import type { Keyring } from './keyring.ts';
import { attemptGuarded } from './refusals.ts';

/** About four seconds per gigabyte: after an unclean stop, in the worker. Events come first. */
export function quickCheck(db: Db, keyring: Keyring): readonly ArchiveProblem[] {
  const events = db.prepare<[], string>('PRAGMA quick_check(job_event)').pluck();
  const rest = db.prepare<[], string>('PRAGMA quick_check').pluck();
  const checks: readonly (readonly [string, string, () => boolean])[] = [
    ['log.damaged', 'events', () => events.get() === 'ok'],
    ['keyring.damaged', 'keyring.db', () => keyring.isSound()],
    ['log.damaged', 'archive.db', () => rest.get() === 'ok'],
  ];
  return checks.flatMap(([code, place, check]) => {
    const sound = attemptGuarded(check);
    return sound.ok && sound.value ? [] : [{ code, place }];
  });
}
