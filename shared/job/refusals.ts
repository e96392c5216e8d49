/** What a job answers to what cannot be done. */
import { fail } from '../result.ts';
import type { Job } from './job.ts';

export function wrongState(job: Job) {
  return fail('job.state', 'The job is in another state.', { state: job.state });
}
export function atKiosk() {
  return fail('job.at-kiosk', 'Somebody is signing at the kiosk.');
}
export function notAtKiosk() {
  return fail('job.not-at-kiosk', 'The signer has not been handed the kiosk.');
}
export function changed() {
  return fail('signing.changed', 'A document has changed since it was shown.');
}
export function unknownDocument() {
  return fail('document.unknown', 'The job holds no such document.');
}
export function unknownSigner() {
  return fail('signer.unknown', 'The job has no such signer.');
}
