/** What the signer's screen learns when a certificate was shown and nothing was wrong with it. */
import type { CertificateProof, NameMatch } from '../job/proof.ts';

export interface ShownCertificate {
  readonly proof: string;
  readonly nameMatch: NameMatch;
  readonly revocation: CertificateProof['revocation'];
  /** The clerk compared this very certificate before the hand-over: they are not asked again. */
  readonly accepted: boolean;
}
