/**
 * Who sees a job. A job belongs to a unit (`enhet`) of the office and says who sees it there: everybody
 * of the unit, or only named people. Pure: documents, calls, events, lists and exports ask the same.
 */
import type { Job } from './job.ts';

/** The unit that every office has: a small one never hears of another. */
export const homeUnit = 'office';

export interface Audience {
  readonly unit: string;
  /** Ids of the users who see it; null for the whole unit. */
  readonly only: readonly string[] | null;
}

export const wholeOffice: Audience = { unit: homeUnit, only: null };

/** Somebody who sees content at all: a handler, a records manager or a reader (DOMAIN, roles). */
export interface Viewer {
  readonly user: string;
  readonly units: readonly string[];
  /** Whoever keeps, retains and disposes of the unit's jobs must know of all of them. */
  readonly records: boolean;
}

/** What decides it: of a job, and nothing more. */
export type Seen = Pick<Job, 'createdBy' | 'audience'>;

export function sees(viewer: Viewer, job: Seen): boolean {
  return keysOf(viewer).includes(keyOf(job.audience)) || peopleOf(job).includes(viewer.user);
}

/** An audience as one word, for indices: each job has one, each viewer some. */
export function keyOf({ unit, only }: Audience): string {
  return only === null ? `unit:${unit}` : `only:${unit}`;
}

/** The audiences whose jobs a viewer sees, whoever made them. */
export function keysOf({ units, records }: Viewer): readonly string[] {
  return units.flatMap((unit) => {
    const open = keyOf({ unit, only: null });
    return records ? [open, keyOf({ unit, only: [] })] : [open];
  });
}

/** Who sees a job by name: whoever made it, wherever they are now, and who it names. */
export function peopleOf({ createdBy, audience }: Seen): readonly string[] {
  return [...new Set([createdBy, ...(audience.only ?? [])])];
}

/** The units of a user, as they stand in older archives too. */
export function unitsOf(user: { readonly units?: readonly string[] }): readonly string[] {
  return user.units === undefined || user.units.length === 0 ? [homeUnit] : user.units;
}
