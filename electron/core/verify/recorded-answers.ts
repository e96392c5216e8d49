/** Keeps what a validation asked about and was told, for whoever embeds it: levels B-LT and up. */
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { parseOcspResponse } from '../trust/ocsp.ts';
import type { Revocation } from '../ports.ts';

/** DER. */
export interface RecordedAnswers {
  readonly certificates: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

export interface AnswerRecorder {
  /** To be handed to the validation. */
  readonly revocation: Revocation;
  /** Fails with `revocation.unreachable` where a source gave no usable answer (`detail.problems`). */
  answers(): Result<RecordedAnswers>;
}

export function recordAnswers(asked: Revocation): AnswerRecorder {
  const certificates = new Set<Uint8Array>();
  const ocsps = new Set<Uint8Array>();
  const crls = new Set<Uint8Array>();
  const problems = new Set<string>();
  let open = false;
  return {
    revocation: {
      async check(question) {
        const answer = await asked.check(question);
        for (const { der } of [question.certificate, ...question.issuers]) certificates.add(der);
        for (const { type, der } of answer.evidence ?? [])
          (type === 'ocsp' ? ocsps : crls).add(der);
        if (!['good', 'revoked', 'no-source'].includes(answer.status)) {
          open = true;
          for (const problem of answer.problems ?? []) problems.add(problem);
        }
        return answer;
      },
    },
    answers() {
      if (open)
        return fail(
          'revocation.unreachable',
          'Nobody could say whether a certificate is revoked.',
          {
            problems: [...problems],
          },
        );
      for (const der of ocsps) {
        const response = parseOcspResponse(der);
        // A responder's own certificate, so that every reader finds it where it looks for certificates.
        if (response.ok) for (const one of response.value.certificates) certificates.add(one);
      }
      return ok({ certificates: [...certificates], ocsps: [...ocsps], crls: [...crls] });
    },
  };
}
