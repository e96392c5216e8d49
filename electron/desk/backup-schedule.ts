import type { Desk } from './desk.ts';
import { settingsOf } from './settings-store.ts';

/** Whether the schedule says that it is time. */
export function backupIsDue(desk: Pick<Desk, 'archive' | 'clock'>): boolean {
  const { folder, everyHours, last } = settingsOf(desk.archive).get('backup');
  if (folder === null) return false;
  if (last === null) return true;
  const since = desk.clock.now().getTime() - Date.parse(last.at);
  // A copy from the future: the clock was set back, and nobody knows how old it is.
  return since < 0 || since >= everyHours * 3_600_000;
}
