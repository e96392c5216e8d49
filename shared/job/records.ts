/** What the records system is told of a job, and what a restricted job is called in the open. Pure. */
import type { JobSpec } from './job.ts';

type Records = Pick<JobSpec, 'title' | 'nonSensitiveTitle' | 'accessCode' | 'shieldedTitle'>;

/** Access to it is restricted by law. */
export function isRestricted({ accessCode = '' }: Pick<JobSpec, 'accessCode'>): boolean {
  return accessCode.trim() !== '';
}

/** The list shows another title than the job's own: a list is read over shoulders. */
export function isShielded(spec: Records): boolean {
  return isRestricted(spec) && (spec.shieldedTitle ?? '').trim() !== '';
}

export function listTitle(spec: Records): string {
  return isShielded(spec) ? (spec.shieldedTitle ?? '') : spec.title;
}

/** What may leave the office about a job, in a letter or a mail; null where nothing is known to be harmless. */
export function openTitle(spec: Records): string | null {
  const told = [spec.nonSensitiveTitle, isRestricted(spec) ? (spec.shieldedTitle ?? '') : ''];
  return told.map((one) => one.trim()).find((one) => one !== '') ?? null;
}
