/**
 * What a client may see. The same answers stand before documents, calls and events: there is no
 * second door.
 */
import type { HostEvent } from '../../shared/rpc/transport.ts';
import { rolesOf, type Standing } from './sessions.ts';

/** Content is for these; an administrator is blind to it (DOMAIN, roles). */
const contentRoles = ['handler', 'records', 'reader'] as const;

/** Whether this client may see what is in jobs at all. */
export function seesContent(standing: Standing): boolean {
  return contentRoles.some((role) => rolesOf(standing).includes(role));
}

/** A job with everything in it: operators who see content, and the signer it is in front of. */
export function authorizeJob(standing: Standing, job: string): boolean {
  return standing.state === 'signer' ? standing.job === job : seesContent(standing);
}

/** A revision of a document, by the job that the document belongs to; null for an unknown one. */
export function authorize(standing: Standing, job: string | null, revision: number): boolean {
  return job !== null && revision >= 0 && authorizeJob(standing, job);
}

/** Whether an event may leave for this client; `task.progress` and `session.changed` are addressed. */
export function authorizeEvent(standing: Standing, event: HostEvent): boolean {
  switch (event.type) {
    case 'job.changed':
      return authorizeJob(standing, event.job);
    case 'archive.changed':
    case 'counts':
      return seesContent(standing);
    case 'settings.changed':
      return standing.state === 'operator';
    case 'session.changed':
    case 'task.progress':
      return true;
  }
}
