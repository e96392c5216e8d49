/** Gathers what a validator will want to see later, by validating now and keeping what was asked for. */
import type { SubIndication, VerificationReport } from '../../../shared/report.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { ByteSource, Crypto, Revocation } from '../ports.ts';
import { recordAnswers } from '../verify/recorded-answers.ts';
import { verifyPdf } from '../verify/verify.ts';
import type { VerifyOptions } from '../verify/verify.ts';
import type { ValidationMaterial } from './validation-store.ts';

/** Its certificates or algorithms have come to their end: what can still be kept of it is kept. */
const TOO_LATE: ReadonlySet<SubIndication | null> = new Set<SubIndication>([
  'OUT_OF_BOUNDS_NO_POE',
  'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
]);

export interface Gathered extends ValidationMaterial {
  readonly report: VerificationReport;
}

/**
 * The chains of all signatures and timestamps with the answers about each certificate in them. Fails with
 * `certificate.untrusted` where a signature leads to no anchor, `revocation.unreachable` where a source is
 * named and gave no usable answer (`detail.problems`), and as `verifyPdf` does.
 */
export async function gatherValidationData(
  source: ByteSource,
  options: VerifyOptions,
  ports: { readonly crypto: Crypto; readonly revocation: Revocation },
): Promise<Result<Gathered>> {
  const recorder = recordAnswers(ports.revocation);
  const { revocation } = recorder;
  const verified = await verifyPdf(source, options, { ...ports, revocation });
  if (!verified.ok) return verified;
  const answers = recorder.answers();
  if (!answers.ok) return answers;
  const stranger = verified.value.signatures.find(
    ({ trusted, revocation, subIndication }) =>
      !trusted && revocation !== 'revoked' && !TOO_LATE.has(subIndication),
  );
  if (stranger !== undefined)
    return fail('certificate.untrusted', 'A signature leads to no trusted issuer.', {
      field: stranger.field,
    });
  return ok({ report: verified.value, ...answers.value });
}
