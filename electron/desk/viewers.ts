/** Who an actor is where jobs are seen: work in the worker knows the user's id alone. */
import { sees, unitsOf, type Viewer } from '../../shared/job/visibility.ts';
import type { UserView } from '../../shared/rpc/views.ts';
import type { User } from '../archive/archive.ts';
import type { Desk } from './desk.ts';

export function userView(user: User): UserView {
  return { ...user, units: unitsOf(user) };
}

/** As the rows of the archive say now; null for somebody who sees no content. */
export function viewerFrom(user: User): Viewer | null {
  if (!user.active || user.roles.every((role) => role === 'admin')) return null;
  return { user: user.id, units: unitsOf(user), records: user.roles.includes('records') };
}

/** Which of these jobs somebody sees. The program itself sees all of them. */
export function seenBy(desk: Pick<Desk, 'archive'>, actor: string): (job: string) => boolean {
  if (actor === 'system') return () => true;
  const user = desk.archive.users().find((one) => one.id === actor);
  const viewer = user === undefined ? null : viewerFrom(user);
  return (id) => {
    const job = viewer === null ? null : desk.archive.job(id);
    return viewer !== null && job !== null && sees(viewer, job);
  };
}
