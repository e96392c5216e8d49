/**
 * What shows that the person at the kiosk is the signer who was called: a certificate of their own, or
 * an e-ID login. DOMAIN, kinds of signature: never call one by another's name.
 */

/** ID-porten's `substantial` is 3 and `high` is 4; so are the levels of the remote service. */
export type AssuranceLevel = 3 | 4;

export type ProofMeans = 'card' | 'key-file' | 'login';

/**
 * How a name in a certificate or a login stands to the signer's: the same; the same but for middle
 * names, order or spelling; another one.
 */
export type NameMatch = 'same' | 'similar' | 'different';

/** A certificate whose key the signer used. Norwegian ones carry no national identity number. */
export interface CertificateProof {
  readonly means: 'card' | 'key-file';
  /** Hex SHA-256 of the certificate: the proof's own name. */
  readonly id: string;
  /** Base64 of the DER. */
  readonly certificate: string;
  readonly name: string;
  readonly issuer: string;
  readonly serial: string;
  /** ISO instant. */
  readonly notAfter: string;
  readonly nameMatch: NameMatch;
  readonly revocation: 'good' | 'not-checked' | 'no-source' | 'unreachable';
}

/** An e-ID login. The token names the person; it stays encrypted and leaves masked (`masks.ts`). */
export interface LoginProof {
  readonly means: 'login';
  /** Hex SHA-256 of the ID token: the proof's own name. */
  readonly id: string;
  readonly provider: 'id-porten' | 'bankid' | 'generic';
  readonly issuer: string;
  readonly acr: string;
  readonly level: AssuranceLevel;
  readonly name: string;
  /** ISO date. */
  readonly birthDate?: string;
  /** What it was compared by. */
  readonly matchedBy: 'national-id' | 'name-and-birth-date' | 'nothing';
  readonly nameMatch: NameMatch;
  /** ISO instants: what the provider says, and what this machine's clock said. */
  readonly authenticatedAt: string;
  readonly receivedAt: string;
  /** The compact JWS as it came; absent where it is masked. */
  readonly idToken?: string;
  /** The provider's keys at that time (RFC 7517), as text, and its hex SHA-256. */
  readonly keys: string;
  readonly keysSha256: string;
}

export type IdentityProof = CertificateProof | LoginProof;
