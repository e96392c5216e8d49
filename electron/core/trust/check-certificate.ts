/** Whether a certificate can be signed with now: asked before anybody is asked for a PIN. */
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Clock, Crypto, Revocation } from '../ports.ts';
import { createCertificateReader } from './certificates.ts';
import { validatePath } from './path.ts';

export interface CheckPorts {
  readonly clock: Clock;
  readonly crypto: Crypto;
  /** Absent: nothing is asked, and the answer says so. Give it short limits: somebody waits. */
  readonly revocation?: Revocation;
  /**
   * DER of the issuers that are trusted. Absent: the last certificate of `chain` is taken for the anchor,
   * so that only the chain itself is proved.
   */
  readonly anchors?: readonly Uint8Array[];
}

export interface CheckedCertificate {
  /**
   * - `good`: the issuer says that it is valid
   * - `not-checked`: nobody was asked, or what was answered settles nothing
   * - `no-source`: it names no place where it could be asked about
   * - `unreachable`: none of the places it names answered
   */
  readonly revocation: 'good' | 'not-checked' | 'no-source' | 'unreachable';
  readonly notAfter: Date;
}

/**
 * Checks dates, chain, purpose and revocation of a signer's certificate (DER) at this moment. `chain`: DER
 * of the issuers that are at hand, in any order where `anchors` are given, else nearest first.
 * Fails with `certificate.malformed`, `certificate.expired`, `certificate.not-yet-valid`,
 * `certificate.untrusted` (`detail.problem` says why) or `certificate.revoked` (`detail.revokedAt`).
 */
export async function checkCertificateNow(
  certificate: Uint8Array,
  chain: readonly Uint8Array[],
  ports: CheckPorts,
): Promise<Result<CheckedCertificate>> {
  const read = createCertificateReader();
  const [signer] = read([certificate]);
  if (signer === undefined) return fail('certificate.malformed', 'The certificate is unreadable.');
  const at = ports.clock.now();
  const { notBefore, notAfter } = signer;
  if (at > notAfter)
    return fail('certificate.expired', 'The certificate has expired.', {
      notAfter: notAfter.toISOString(),
    });
  if (at < notBefore)
    return fail('certificate.not-yet-valid', 'The certificate is not valid yet.', {
      notBefore: notBefore.toISOString(),
    });
  const asked = listening(ports.revocation);
  const path = await validatePath(
    {
      certificate: signer,
      pool: read(chain),
      anchors: read(ports.anchors ?? chain.slice(-1)),
      at,
      purpose: 'signature',
    },
    asked.revocation === undefined
      ? { crypto: ports.crypto }
      : { crypto: ports.crypto, revocation: asked.revocation },
  );
  if (!path.valid)
    return fail('certificate.untrusted', 'The certificate is not from a trusted issuer.', {
      problem: path.problem ?? '',
    });
  switch (path.revocation) {
    case 'revoked':
      return fail('certificate.revoked', 'The certificate has been revoked.', {
        revokedAt: path.revokedAt?.toISOString() ?? null,
      });
    case 'good':
    case 'no-source':
      return ok({ revocation: path.revocation, notAfter });
    case 'unknown':
    case 'not-checked':
      return ok({ revocation: asked.inVain() ? 'unreachable' : 'not-checked', notAfter });
  }
}

/** The same port, which remembers whether somebody could not be reached. */
function listening(revocation: Revocation | undefined): {
  readonly revocation: Revocation | undefined;
  inVain(): boolean;
} {
  let unreachable = false;
  if (revocation === undefined) return { revocation, inVain: () => false };
  return {
    revocation: {
      async check(question) {
        const answer = await revocation.check(question);
        unreachable ||= answer.status === 'unreachable';
        return answer;
      },
    },
    inVain: () => unreachable,
  };
}
