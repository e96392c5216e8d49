/** Gathers what a validator will want to see later, by validating now and keeping what was asked for. */
import type { SubIndication, VerificationReport } from '../../../shared/report.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { parseOcspResponse } from '../trust/ocsp.ts';
import type { ByteSource, Crypto, Revocation } from '../ports.ts';
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
  const certificates = new Set<Uint8Array>();
  const ocsps = new Set<Uint8Array>();
  const crls = new Set<Uint8Array>();
  const problems = new Set<string>();
  let open = false;
  const recording: Revocation = {
    async check(question) {
      const answer = await ports.revocation.check(question);
      for (const { der } of [question.certificate, ...question.issuers]) certificates.add(der);
      for (const { type, der } of answer.evidence ?? []) (type === 'ocsp' ? ocsps : crls).add(der);
      if (!['good', 'revoked', 'no-source'].includes(answer.status)) {
        open = true;
        for (const problem of answer.problems ?? []) problems.add(problem);
      }
      return answer;
    },
  };
  const verified = await verifyPdf(source, options, { ...ports, revocation: recording });
  if (!verified.ok) return verified;
  if (open)
    return fail('revocation.unreachable', 'Nobody could say whether a certificate is revoked.', {
      problems: [...problems],
    });
  const stranger = verified.value.signatures.find(
    ({ trusted, revocation, subIndication }) =>
      !trusted && revocation !== 'revoked' && !TOO_LATE.has(subIndication),
  );
  if (stranger !== undefined)
    return fail('certificate.untrusted', 'A signature leads to no trusted issuer.', {
      field: stranger.field,
    });
  for (const der of ocsps) {
    const response = parseOcspResponse(der);
    // A responder's own certificate, so that every reader finds it where it looks for certificates.
    if (response.ok) for (const one of response.value.certificates) certificates.add(one);
  }
  return ok({
    report: verified.value,
    certificates: [...certificates],
    ocsps: [...ocsps],
    crls: [...crls],
  });
}
