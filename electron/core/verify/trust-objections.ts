/** From a path's result to the standard's words (EN 319 102-1, 5.2.6 and 5.5.4). */
import type { PathResult } from '../trust/path.ts';
import { failed, unsure } from './verdict.ts';
import type { Objection } from './verdict.ts';

export interface TrustTime {
  readonly at: Date;
  readonly proven: boolean;
  /** Proof that it was made after this: a timestamp that it covers. */
  readonly madeAfter?: Date | null;
}

/** Revoked, but only after a timestamp proves that the signature was there (EN 319 102-1, 5.5.4). */
export function revokedLater(path: PathResult, time: TrustTime): boolean {
  return (
    path.revocation === 'revoked' &&
    path.revokedAt !== null &&
    time.proven &&
    time.at < path.revokedAt
  );
}

function madeAfterEnd({ chain }: PathResult, { madeAfter = null }: TrustTime): boolean {
  const [certificate] = chain;
  return certificate !== undefined && madeAfter !== null && madeAfter > certificate.notAfter;
}

/**
 * What a path says against a signature. `proven`: a timestamp proves that the signature stood there at
 * `at`; otherwise `at` is merely when somebody looked.
 */
export function trustObjections(path: PathResult, time: TrustTime): Objection[] {
  if (!path.valid) {
    const problem = path.problem ?? 'the certificate is not trusted';
    switch (path.subIndication) {
      case 'EXPIRED':
        // EN 319 102-1, 5.5.4: a late timestamp does not say that there was nothing before it; only what
        // proves that it was made after the end makes it a failure.
        return [
          madeAfterEnd(path, time)
            ? failed('EXPIRED', problem)
            : unsure('OUT_OF_BOUNDS_NO_POE', problem),
        ];
      case 'NOT_YET_VALID':
        return [time.proven ? failed('NOT_YET_VALID', problem) : unsure('NOT_YET_VALID', problem)];
      default:
        return [unsure(path.subIndication ?? 'CERTIFICATE_CHAIN_GENERAL_FAILURE', problem)];
    }
  }
  switch (path.revocation) {
    case 'good':
    case 'no-source':
      return [];
    case 'revoked': {
      if (revokedLater(path, time)) return [];
      const whose = path.revokedDepth === 0 ? 'the certificate' : 'an issuer’s certificate';
      // EN 319 102-1, 5.3.4: only what proves that it was made later makes it a failure; a late
      // timestamp does not say that there was nothing before it.
      const { madeAfter = null } = time;
      return path.revokedAt !== null && madeAfter !== null && madeAfter >= path.revokedAt
        ? [failed('REVOKED', `${whose} had been revoked when it was signed`)]
        : [
            unsure(
              'REVOKED_NO_POE',
              `${whose} has been revoked, and nothing proves that it was signed before`,
            ),
          ];
    }
    case 'unknown':
      return [unsure('TRY_LATER', 'nobody could say whether the certificate has been revoked')];
    case 'not-checked':
      return [unsure('TRY_LATER', 'revocation was not checked')];
  }
}
