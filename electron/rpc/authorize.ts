/**
 * What a client may see. The same answers stand before documents, calls and events: there is no
 * second door. A job that a client may not see answers like one that nobody has.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import { sees, type Seen, type Viewer } from '../../shared/job/visibility.ts';
import type { HostEvent } from '../../shared/rpc/transport.ts';
import { rolesOf, type Standing } from './sessions.ts';

/** Content is for these; an administrator is blind to it (DOMAIN, roles). */
const contentRoles = ['handler', 'records', 'reader'] as const;

/** What is known of a job or a document by its id: who sees it. Null for an unknown one. */
export interface Lookup {
  readonly job: (id: string) => Seen | null;
  readonly jobOf: (document: string) => string | null;
}

/** Whether this client may see what is in jobs at all. */
export function seesContent(standing: Standing): boolean {
  return contentRoles.some((role) => rolesOf(standing).includes(role));
}

/** The operator as somebody who sees jobs; null for everybody else. */
export function viewerOf(standing: Standing): Viewer | null {
  if (standing.state !== 'operator' || !seesContent(standing)) return null;
  const { user, units, roles } = standing;
  return { user, units, records: roles.includes('records') };
}

/** A job with everything in it: operators who see it, and the signer it is in front of. */
export function authorizeJob(standing: Standing, job: string, lookup: Lookup): boolean {
  if (standing.state === 'signer') return standing.job === job;
  const viewer = viewerOf(standing);
  const found = viewer === null ? null : lookup.job(job);
  return viewer !== null && found !== null && sees(viewer, found);
}

/** A revision of a document, by the job that the document belongs to. */
export function authorize(
  standing: Standing,
  document: string,
  revision: number,
  lookup: Lookup,
): boolean {
  const job = lookup.jobOf(document);
  return job !== null && revision >= 0 && authorizeJob(standing, job, lookup);
}

/** Before every call of an operator that names a job or a document, whichever method it is. */
export function authorizeCall(standing: Standing, input: unknown, lookup: Lookup): Result<null> {
  if (viewerOf(standing) === null || typeof input !== 'object' || input === null) return ok(null);
  const { job, document } = input as { readonly job?: unknown; readonly document?: unknown };
  if (typeof job === 'string' && !authorizeJob(standing, job, lookup))
    return fail('job.unknown', 'There is no such job.');
  if (
    typeof document === 'string' &&
    job === undefined &&
    !authorize(standing, document, 0, lookup)
  )
    return fail('document.unknown', 'There is no such document.');
  return ok(null);
}

/** Whether an event may leave for this client. */
export function authorizeEvent(standing: Standing, event: HostEvent, lookup: Lookup): boolean {
  return event.type === 'job.changed'
    ? authorizeJob(standing, event.job, lookup)
    : authorizeNews(standing, event.type);
}

/** News that speaks of no job; `task.progress` and `session.changed` are addressed. */
export function authorizeNews(
  standing: Standing,
  type: Exclude<HostEvent['type'], 'job.changed'>,
): boolean {
  switch (type) {
    case 'archive.changed':
    case 'book.changed':
    case 'counts':
      return seesContent(standing);
    case 'cards.changed':
      return standing.state === 'operator' || standing.state === 'signer';
    case 'settings.changed':
      return standing.state === 'operator';
    case 'screens.changed':
      return standing.state === 'operator';
    case 'session.changed':
    case 'task.progress':
      return true;
  }
}
