/** From what went wrong on the way to a code of ours: each has its sentence in the language files. */
import { fail } from '../../shared/result.ts';
import type { Json, Result } from '../../shared/result.ts';
import type { ServiceError } from './answers.ts';
import type { Outcome } from './transport.ts';

/** Errors of the service by their own code, whatever the status; no complete list is published. */
const byCode: { readonly [code: string]: string } = {
  BROKER_NOT_AUTHORIZED: 'posten.broker-not-authorized',
  NOT_AUTHORIZED: 'posten.not-authorized',
  INVALID_STATUS_QUERY_TOKEN: 'posten.invalid-status-token',
  SIGNING_CEREMONY_NOT_COMPLETED: 'posten.ceremony-not-completed',
  SCHEMA_VALIDATION_ERROR: 'posten.schema-refused',
  ASICE_VALIDATION_FAILED: 'posten.package-refused',
};

/** Personal numbers and secrets have no place in what is logged or shown. */
export function redacted(text: string): string {
  return text
    .replace(/\b(\d{6})\d{5}\b/g, '$1*****')
    .replace(/(status_query_token=)[^&\s]+/g, '$1…')
    .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '…@…')
    .slice(0, 1000);
}

/** A 4xx or 5xx. `error`: its body where it is the application's. */
export function refusalOf(status: number, error: ServiceError | null): Result<never> {
  const detail: { readonly [key: string]: Json } =
    error === null
      ? { status }
      : { status, serviceCode: error.code, serviceMessage: redacted(error.message) };
  const code = error !== null && Object.hasOwn(byCode, error.code) ? byCode[error.code] : undefined;
  if (code !== undefined)
    return { ok: false, error: { code, message: 'The service refuses.', detail } };
  return fail('posten.unexpected-answer', 'The service answers something unexpected.', detail);
}

/** No answer at all. `acting`: a call that must not be repeated blindly, such as creating a job. */
export function silenceOf(
  { kind, sent }: Extract<Outcome, { type: 'failure' }>,
  acting: boolean,
): Result<never> {
  if (acting && sent && kind !== 'untrusted' && kind !== 'refused-us')
    return fail(
      'posten.outcome-unknown',
      'The service may have made the job; its answer did not come.',
    );
  switch (kind) {
    case 'timeout':
      return fail('posten.timeout', 'The service does not answer in time.');
    case 'untrusted':
      return fail('posten.untrusted-server', 'It is not the service that answers.');
    case 'refused-us':
      return fail('posten.certificate-refused', 'The service does not take the certificate.');
    case 'unreachable':
      return fail('posten.unreachable', 'The service is out of reach.');
  }
}
