/** What `verify` says of a file. The shape is the command line's contract and the window's source. */

export type Indication = 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED' | 'NO-SIGNATURE';

/** EN 319 102-1, clause 5.1.3 (main sub-indications used here). */
export type SubIndication =
  | 'FORMAT_FAILURE'
  | 'HASH_FAILURE'
  | 'SIG_CRYPTO_FAILURE'
  | 'SIG_CONSTRAINTS_FAILURE'
  | 'CHAIN_CONSTRAINTS_FAILURE'
  | 'CERTIFICATE_CHAIN_GENERAL_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'REVOKED'
  | 'REVOKED_NO_POE'
  | 'OUT_OF_BOUNDS_NO_POE'
  | 'NO_SIGNING_CERTIFICATE_FOUND'
  | 'NO_CERTIFICATE_CHAIN_FOUND'
  | 'NO_POE'
  | 'TRY_LATER'
  | 'SIGNED_DATA_NOT_FOUND'
  | 'GENERIC';

/** A good seal does not make a good person. */
export type SignatureRole = 'person' | 'seal' | 'time';
export type SignatureKind = 'signature' | 'certification' | 'timestamp';
export type Level = 'B-B' | 'B-T' | 'B-LT' | 'B-LTA' | 'CMS';
export type RevocationStatus = 'good' | 'revoked' | 'unknown' | 'not-checked' | 'no-source';
export type Changes = 'none' | 'allowed' | 'visible' | 'forbidden';

/** Who the organisation says signed; said only where the seal signed the bytes that carry it. */
export interface Claim {
  readonly kind: 'simple' | 'authenticated';
  readonly person: string;
  /** Hex SHA-256 of the evidence record. */
  readonly evidenceHash: string;
}

/**
 * What the trusted lists say: `advanced-qc` is by a qualified certificate that is not on a qualified device;
 * `open` where a list depends on something that cannot be told here.
 */
export interface Qualification {
  readonly level: 'qualified' | 'advanced-qc' | 'not-qualified' | 'open';
  readonly of: 'signature' | 'seal' | 'website' | 'timestamp' | null;
  /** Who runs the service, and the country of the list that says so. */
  readonly provider?: string;
  readonly territory?: string;
}

/** One change after a signature, for the language files (`change.<code>`); the gravest come first. */
export interface ChangeFact {
  readonly level: 'allowed' | 'visible' | 'forbidden';
  readonly code: string;
  /** Full name of the field it speaks of. */
  readonly field?: string;
  /** 0-based. */
  readonly page?: number;
  /** Key of the dictionary entry that changed. */
  readonly entry?: string;
  /** Subtype of the annotation. */
  readonly annotation?: string;
}

/** Something odd about the file, for the language files (`anomaly.<code>`). */
export interface AnomalyFact {
  /** `structure.size`, `signature.stray`, … */
  readonly code: string;
  readonly field?: string;
  /** Number of the object it speaks of. */
  readonly object?: number;
}

export interface SignatureReport {
  readonly field: string;
  readonly kind: SignatureKind;
  /** The certificate's subject, always. */
  readonly signer: string;
  readonly indication: Exclude<Indication, 'NO-SIGNATURE'>;
  readonly subIndication: SubIndication | null;
  readonly level: Level;
  /** ISO 8601; what the signer's machine said. */
  readonly claimedTime: string | null;
  /** ISO 8601; what a timestamp proves. */
  readonly bestTime: string | null;
  readonly intact: boolean;
  readonly trusted: boolean;
  readonly revocation: RevocationStatus;
  /** ISO 8601; when the certificate was revoked, also where that was after the signature (`good` then). */
  readonly revokedAt?: string;
  /** ISO 8601; of a timestamp: `revocation` is what was known then, because nobody could be asked. */
  readonly revocationAsOf?: string;
  /** Why an answer about revocation was not believed, where none settled it: `ocsp.what`, `crl.what`. */
  readonly revocationProblem?: string;
  readonly coverage: 'whole' | 'revision' | 'partial';
  readonly changes: Changes;
  /** In words (English); `changeCodes` carries the same for the language files. */
  readonly changeList: readonly string[];
  readonly changeCodes?: readonly ChangeFact[];
  readonly claim: Claim | null;
  /** Whose it is: a person's, an organisation's seal, or a clock's. */
  readonly role?: SignatureRole;
  /** Only where trusted lists were given and the chain holds. */
  readonly qualification?: Qualification;
  readonly sentence: string;
  /** 0-based revision this signature covers, and the length in bytes of what it covers. */
  readonly revision: number;
  readonly signedLength: number;
  /** Where the visible mark stands, if any: 0-based page. */
  readonly page: number | null;
  readonly certificate: CertificateSummary | null;
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
}

export interface CertificateSummary {
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** Hex SHA-256 of the DER. */
  readonly fingerprint: string;
  /** True for the self-made certificate that lets an office try things out (`prøvesegl`). */
  readonly trial: boolean;
}

/** The worst of its kind decides. */
export interface PartReport {
  readonly indication: Exclude<Indication, 'NO-SIGNATURE'>;
  readonly subIndication: SubIndication | null;
  readonly count: number;
}

export interface VerificationReport {
  readonly file: string;
  readonly indication: Indication;
  readonly sentence: string;
  /** In words (English); `anomalyCodes` carries the same for the language files. */
  readonly anomalies: readonly string[];
  readonly anomalyCodes?: readonly AnomalyFact[];
  /** Persons, seals and times by themselves; null where there is none of the kind. */
  readonly parts?: Readonly<Record<SignatureRole, PartReport | null>>;
  readonly signatures: readonly SignatureReport[];
}
