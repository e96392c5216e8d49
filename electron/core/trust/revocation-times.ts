/** When an answer about revocation may be believed: the time rules that OCSP and CRL share. */

/** Clocks differ: an answer up to this far ahead is not from the future. */
export const CLOCK_SKEW = 5 * 60 * 1000;
/** How long an answer without a next update holds: somebody should have had a newer one. */
const MAX_AGE = 24 * 60 * 60 * 1000;

/** What is known of the times around an answer. */
export interface AnswerTimes {
  /** The time at which the status matters. */
  readonly at: Date;
  /** When somebody looks. */
  readonly now: Date;
}

interface Window {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
}

/**
 * `future`: from after now. `stale`: its source did not stand by it any more at `at`. An answer from
 * after `at` is better than one from before: it knows what became known meanwhile (EN 319 102-1, 5.2.5).
 */
export function timeProblem(window: Window, { at, now }: AnswerTimes): 'future' | 'stale' | null {
  if (window.thisUpdate.getTime() > now.getTime() + CLOCK_SKEW) return 'future';
  return validUntil(window).getTime() + CLOCK_SKEW < at.getTime() ? 'stale' : null;
}

/** Until when the source stands by its answer. */
function validUntil({ thisUpdate, nextUpdate }: Window): Date {
  return nextUpdate ?? new Date(thisUpdate.getTime() + MAX_AGE);
}

/**
 * Sources may forget a certificate once it has expired: what is issued later says nothing good of it,
 * except where it tells since when it remembers (`remembers`: archive cutoff, expired certificates on CRL).
 */
export function saysNothing(thisUpdate: Date, notAfter: Date, remembers: Date | null): boolean {
  return thisUpdate > notAfter && (remembers === null || remembers > notAfter);
}
