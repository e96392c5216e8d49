/**
 * The core's whole view of the world. The core has no I/O, no clock and no randomness of its own, so
 * that the same code runs in a worker, in the command line and in a browser page.
 */
import type { Result } from '../../shared/result.ts';
import type { Certificate } from './cms/certificate.ts';

/**
 * Random access to bytes that do not change. Synchronous: everything heavy runs in a worker, and a
 * lazy parser over promises would pay for each object. `read` returns exactly `length` bytes or
 * throws a RangeError; the view may be reused memory of the source and must not be written to.
 */
export interface ByteSource {
  readonly length: number;
  read(offset: number, length: number): Uint8Array;
  /** Fills `into` from `offset`; for long passes that want one buffer only. */
  readInto?(offset: number, into: Uint8Array): void;
}

/** What we sign with. */
export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512';
/** What we can read. */
export type HashAlgorithm =
  | DigestAlgorithm
  | 'sha1'
  | 'md5'
  | 'sha224'
  | 'sha512-256'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512'
  | 'shake256-512';

/** A running hash; `copy` forks it, so one pass over a file serves all its signatures. */
export interface Hash {
  update(bytes: Uint8Array): Hash;
  copy(): Hash;
  digest(): Uint8Array;
}

export type SignatureScheme =
  | { readonly type: 'rsa-pkcs1'; readonly hash: HashAlgorithm }
  | { readonly type: 'rsa-pss'; readonly hash: HashAlgorithm; readonly saltLength: number }
  | { readonly type: 'ecdsa'; readonly hash: HashAlgorithm }
  | { readonly type: 'ed25519' }
  | { readonly type: 'ed448' }
  | { readonly type: 'dsa'; readonly hash: HashAlgorithm };

export type CryptoAnswer = 'valid' | 'invalid' | 'unsupported';

export interface Crypto {
  /** Null where the runtime has no such hash (BoringSSL has no SHA-3): a named INDETERMINATE. */
  hash(algorithm: HashAlgorithm): Hash | null;
  /**
   * Verifies `signature` over `data` (the message, not its digest). `spki`: SubjectPublicKeyInfo in
   * DER; ECDSA signatures are the DER sequence of X9.62 as CMS and X.509 carry them.
   */
  verify(
    scheme: SignatureScheme,
    spki: Uint8Array,
    data: Uint8Array,
    signature: Uint8Array,
  ): Promise<CryptoAnswer>;
}

export interface Clock {
  now(): Date;
}

export interface Random {
  bytes(count: number): Uint8Array;
}

/** A private key somewhere (file, card, remote) with its certificate; the core never sees the key. */
export interface SigningKey {
  /** DER of the signer's certificate. */
  readonly certificate: Uint8Array;
  /** DER of the issuers, nearest first; the root may be missing. */
  readonly chain: readonly Uint8Array[];
  /** The schemes this key can use, the preferred first. */
  readonly schemes: readonly SignatureScheme[];
  /** Signs the message itself (not a digest). ECDSA answers are DER. */
  sign(data: Uint8Array, scheme: SignatureScheme): Promise<Result<Uint8Array>>;
}

/** RFC 3161. Answers the TimeStampToken (a CMS ContentInfo) in DER, already checked against the imprint and nonce. */
export interface Timestamps {
  readonly name: string;
  /** Room to reserve for a token in `/Contents`, in bytes, as far as is known; `stamp` may learn better. */
  readonly tokenSize: number;
  stamp(imprint: {
    readonly algorithm: DigestAlgorithm;
    readonly digest: Uint8Array;
  }): Promise<Result<Uint8Array>>;
}

/** What is asked about one certificate. */
export interface RevocationQuestion {
  readonly certificate: Certificate;
  /** From its issuer to the trust anchor: a path that holds. The certificate itself where it is the anchor. */
  readonly issuers: readonly Certificate[];
  /** Further certificates, trusted by nothing: signers of lists and of answers may be among them. */
  readonly pool: readonly Certificate[];
  /** The time at which the status matters; an answer given later than that will do. */
  readonly at: Date;
  /** Certificates whose status is being asked while this one's is: their circles end here. */
  readonly within?: readonly Certificate[];
}

/** An answer as it was given, to be kept with a document. */
export interface RevocationEvidence {
  readonly type: 'ocsp' | 'crl';
  readonly der: Uint8Array;
}

/**
 * - `unknown`: somebody answered, and the answer settles nothing
 * - `unreachable`: a source is named and none of them answered
 * - `not-checked`: a source is named and was not asked
 * - `no-source`: the certificate names none, and nothing was at hand
 */
export interface RevocationAnswer {
  readonly status: 'good' | 'revoked' | 'unknown' | 'unreachable' | 'not-checked' | 'no-source';
  readonly revokedAt?: Date;
  /** Name of RFC 5280's CRLReason, where it was given. */
  readonly reason?: string;
  /** Why answers and sources were not used, `ocsp.what` and `crl.what`, in the order they were met. */
  readonly problems?: readonly string[];
  /** What the answer rests on. */
  readonly evidence?: readonly RevocationEvidence[];
  /** Since when its source says so. */
  readonly thisUpdate?: Date;
  /** Until when its source stands by it, where it says. */
  readonly validUntil?: Date;
  /** Nobody could be asked now: this is what was known then. */
  readonly asOf?: Date;
}

/** Revocation of one certificate. */
export interface Revocation {
  check(question: RevocationQuestion): Promise<RevocationAnswer>;
}
