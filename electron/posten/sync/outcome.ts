/** What became of a job that was posted: three answers, and only one of them lets it be posted again. */
import type { Failure } from '../../../shared/result.ts';

/**
 * `held`: nothing of it is at the service, and it may leave later. `refused`: the service does not take it
 * as it is. `unknown`: it may be there.
 */
export type Outcome = 'held' | 'refused' | 'unknown';

/** Not about the job: the way to the service is closed, or the organisation may not use it. */
const held = new Set([
  'posten.unreachable',
  'posten.timeout',
  'posten.untrusted-server',
  'posten.certificate-refused',
  'posten.blocked',
  'posten.broker-not-authorized',
  'posten.not-authorized',
]);

export function outcomeOf({ code, detail }: Failure): Outcome {
  if (held.has(code)) return 'held';
  if (code === 'posten.outcome-unknown') return 'unknown';
  const status = typeof detail?.['status'] === 'number' ? detail['status'] : null;
  // A server that broke, or somebody in between, may have made it first.
  if (status !== null && (status < 400 || status >= 500)) return 'unknown';
  return 'refused';
}
