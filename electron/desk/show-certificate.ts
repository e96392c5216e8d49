/**
 * The signer shows a certificate of their own: compared with who was called, checked with its issuer,
 * and written down whichever way it goes. No PIN has been asked for yet.
 */
import type { Job } from '../../shared/job/job.ts';
import { nameMatch } from '../../shared/job/name-match.ts';
import type { CertificateProof, NameMatch } from '../../shared/job/proof.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import type { ShownCertificate } from '../../shared/rpc/shown-certificate.ts';
import { parseCertificate, type Certificate } from '../core/cms/certificate.ts';
import { issuerName } from '../eid/card/certificates.ts';
import { fingerprint } from '../eid/card/fingerprint.ts';
import type { Caller } from '../rpc/router.ts';
import { perform, type Desk } from './desk.ts';
import type { RunWork } from './long-work.ts';
import { boundTo } from './signing.ts';
import { toBase64 } from './seal.ts';

export interface Showing {
  readonly means: CertificateProof['means'];
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
}

/** Faults of a certificate, not of a reader: they belong in the job's log. */
const recorded = /^(?:certificate\.|(?:card|key)\.(?:other-person|certificate-|expired|not-yet))/;

export async function showCertificate(
  desk: Desk,
  run: RunWork,
  caller: Caller,
  showing: Showing,
): Promise<Result<ShownCertificate>> {
  const bound = boundTo(desk, caller);
  if (!bound.ok) return bound;
  const { signer } = bound.value;
  if (signer.kind !== 'advanced')
    return fail('signing.other-kind', 'Another kind of signature was asked for.');
  const parsed = parseCertificate(showing.certificate);
  if (!parsed.ok) return parsed;
  const match = nameMatch(signer.name, parsed.value.commonName);
  const { certificate, chain, means } = showing;
  if (match === 'different')
    return refuse(desk, caller, means, {
      code: means === 'card' ? 'card.other-person' : 'key.other-person',
      message: 'The certificate belongs to somebody else.',
    });
  const checked = await run(
    'certificate.check',
    { certificate, chain },
    { lane: 'card', actor: `signer:${signer.id}` },
  );
  if (!checked.ok) return refuse(desk, caller, means, checked.error);
  const proof = proofOf(showing, parsed.value, match, checked.value.revocation);
  const { job } = bound.value;
  const given = perform(desk, job.id, `signer:${signer.id}`, [
    // Norwegian person certificates carry no national identity number: the clerk compares the person.
    { type: 'give-proof', signer: signer.id, proof, matches: false },
  ]);
  if (!given.ok) return given;
  const accepted = acceptCompared(desk, job, signer.id, proof.id);
  return ok({ proof: proof.id, nameMatch: match, revocation: proof.revocation, accepted });
}

/** The clerk compared this very certificate before handing over; another one asks for their PIN. */
function acceptCompared(desk: Desk, job: Job, signer: string, proof: string): boolean {
  const atKiosk = job.state === 'open' ? job.atKiosk : null;
  if (atKiosk?.certificate !== proof) return false;
  const command = { type: 'accept-proof', signer, proof, atHandOver: true } as const;
  return perform(desk, job.id, atKiosk.clerk, [command]).ok;
}

function proofOf(
  showing: Showing,
  certificate: Certificate,
  match: NameMatch,
  revocation: CertificateProof['revocation'],
): CertificateProof {
  return {
    means: showing.means,
    id: fingerprint(showing.certificate),
    certificate: toBase64(showing.certificate),
    name: certificate.commonName,
    issuer: issuerName(certificate),
    serial: certificate.serial,
    notAfter: certificate.notAfter.toISOString(),
    nameMatch: match,
    revocation,
  };
}

/** Nothing was signed; who tried with what is written down. */
export function refuse(
  desk: Desk,
  caller: Caller,
  means: CertificateProof['means'],
  error: Failure,
): { readonly ok: false; readonly error: Failure } {
  const bound = boundTo(desk, caller);
  if (bound.ok && recorded.test(error.code)) {
    const { job, signer } = bound.value;
    perform(desk, job.id, `signer:${signer.id}`, [
      { type: 'refuse-proof', signer: signer.id, means, code: error.code },
    ]);
  }
  return { ok: false, error };
}
