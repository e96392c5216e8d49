/** What a verification reports, and what the disk answers while it looks. */
import { Refusal } from '../../shared/result.ts';
import { guarded } from './refusals.ts';

export type Report = (code: string, place: string) => void;

/** What the disk answers is a finding; anything else, a cancelled run too, goes on up. */
const findings = ['archive.damaged', 'archive.unreadable', 'document.unknown', 'job.disposed'];

export function tried<T>(body: () => T, report: Report, code: string, place: string): T | null {
  try {
    return guarded(body);
  } catch (error) {
    if (!(error instanceof Refusal) || !findings.includes(error.failure.code)) throw error;
    report(code, place);
    return null;
  }
}
