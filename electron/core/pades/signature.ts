/**
 * Signing as phases (EN 319 142-1): request -> prepared (bytes with a hole, serialisable) -> to be
 * signed -> complete tail. Each phase can run in another process than the one before.
 */
import type { Placement } from '../../../shared/document.ts';
import type { Result } from '../../../shared/result.ts';
import type {
  ByteSource,
  Crypto,
  DigestAlgorithm,
  Hash,
  Random,
  SigningKey,
  Timestamps,
} from '../ports.ts';
import type { PdfDocument } from '../pdf/document.ts';
import type { PdfStream } from '../pdf/objects.ts';
import type { Filling } from './fill.ts';
import type { FormField } from './form-field.ts';

/** What the mark on the page shows; null for an invisible signature. */
export interface Mark {
  /** Lines of text under or beside the mark, e.g. name, time with zone, reason. */
  readonly lines: readonly string[];
  /** Drawn strokes: points in a unit box (0..1, y down) with the box's aspect ratio (width / height). */
  readonly strokes?: {
    readonly aspect: number;
    readonly paths: readonly (readonly {
      readonly x: number;
      readonly y: number;
      readonly pressure?: number;
    }[])[];
  };
  /** A name written by keyboard, set large. */
  readonly typed?: string;
  /** PNG or JPEG. */
  readonly image?: Uint8Array;
}

/** Static font files (TTF or WOFF 1.0), tried in order for each character. */
export interface Fonts {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

export interface FieldRequest {
  readonly name: string;
  /** Null makes an invisible field. */
  readonly placement: Placement | null;
  /** Tooltip (/TU): what a screen reader says of the field. */
  readonly label?: string;
  /** A field to fill in; absent: a signature's. */
  readonly form?: FormField;
  /** Of a signature field: full names of the fields that close when it is signed. */
  readonly locks?: readonly string[];
}

export interface FieldLock {
  readonly action: 'All' | 'Include' | 'Exclude';
  readonly fields: readonly string[];
}

export interface SignatureRequest {
  /** An empty field of the file by name, or a new one. Null lets the core make an invisible new one. */
  readonly field: { readonly existing: string } | { readonly create: FieldRequest } | null;
  /** Further fields that this same revision adds (opening a job). */
  readonly addFields?: readonly FieldRequest[];
  readonly mark: Mark | null;
  /** Written to /M, with the zone offset in minutes east of UTC. */
  readonly time: Date;
  readonly zoneOffset: number;
  readonly name?: string;
  readonly reason?: string;
  readonly location?: string;
  readonly contact?: string;
  readonly certify?: 1 | 2 | 3;
  readonly lock?: FieldLock;
  /** Fields that this same revision fills in. */
  readonly fill?: readonly Filling[];
  /**
   * Kind of local signature and its evidence hash: a private key (/SkrankeClaim) inside the byte range.
   * Who signed is claimed only by the seal; an advanced signature speaks for itself and binds its evidence.
   */
  readonly claim?: {
    readonly kind: 'simple' | 'authenticated' | 'advanced';
    readonly person: string;
    readonly evidenceHash: string;
  };
  readonly digest: DigestAlgorithm;
}

/**
 * A revision with its signature still open: everything that is needed to finish it, as plain data.
 * `tail` already carries the final /ByteRange; `contents` is the hole, delimiters included, at an
 * absolute offset.
 */
export interface Prepared {
  /** Length of the file the tail is appended to. */
  readonly base: number;
  readonly tail: Uint8Array;
  readonly contents: { readonly offset: number; readonly length: number };
  readonly byteRange: readonly [number, number, number, number];
  readonly digest: DigestAlgorithm;
  readonly field: string;
}

export interface SigningPorts {
  readonly crypto: Crypto;
  readonly fonts: Fonts;
  /** For the initialisation vectors of encrypted files. */
  readonly random: Random;
  /** Absent for B-B. */
  readonly timestamps?: Timestamps;
  /**
   * The key is asked once, whatever happens: where the authority does not answer, or its token is larger
   * than anybody knew, the signature stands without one. For keys that ask a person for a PIN.
   */
  readonly untimed?: 'rather-than-not-at-all';
  /** Hashes already fed with the whole file, where the caller hashed it on the way; never used up. */
  readonly hashed?: Readonly<Partial<Record<DigestAlgorithm, Hash>>>;
}

/** The functions of this room, as other rooms see them (each lives in the file it is named after). */
export interface Pades {
  /** A revision that only adds fields, and fills some in. */
  addFields(
    document: PdfDocument,
    fields: readonly FieldRequest[],
    ports: Pick<SigningPorts, 'random' | 'fonts'>,
    fill?: readonly Filling[],
  ): Result<Uint8Array>;
  prepareSignature(
    document: PdfDocument,
    request: SignatureRequest,
    room: number,
    ports: Pick<SigningPorts, 'fonts' | 'random'>,
  ): Result<Prepared>;
  /** Bytes to reserve for the CMS of this key (chain, attributes, timestamp), before hex. */
  roomFor(
    key: Pick<SigningKey, 'certificate' | 'chain' | 'schemes'>,
    digest: DigestAlgorithm,
    timestamps?: Pick<Timestamps, 'tokenSize'>,
  ): number;
  /** Digest over the byte range of `base` + tail; `running` is a hash already fed with `base`, forked by the caller. */
  digestOf(prepared: Prepared, base: ByteSource, crypto: Crypto, running?: Hash): Uint8Array;
  /** DER of the signed attributes for a digest: what the key signs. */
  signedAttributes(
    digest: Uint8Array,
    algorithm: DigestAlgorithm,
    certificate: Uint8Array,
    crypto: Crypto,
  ): Uint8Array;
  /** The tail with the CMS in its hole; refuses `sign.no-room` when it does not fit. */
  embed(prepared: Prepared, cms: Uint8Array): Result<Uint8Array>;
  /** All phases for a key at hand. */
  sign(
    document: PdfDocument,
    request: SignatureRequest,
    key: SigningKey,
    ports: SigningPorts,
  ): Promise<Result<SignedTail>>;
  /** A document timestamp (ETSI.RFC3161) over the whole file so far. */
  timestampDocument(
    document: PdfDocument,
    ports: Required<Pick<SigningPorts, 'timestamps' | 'crypto' | 'random'>> &
      Pick<SigningPorts, 'hashed'>,
  ): Promise<Result<SignedTail>>;
}

export interface SignedTail {
  readonly tail: Uint8Array;
  /** Hex SHA-256 of base + tail. */
  readonly sha256: string;
  readonly field: string;
  /** Whether it carries a timestamp. */
  readonly timed: boolean;
}

/** What an appearance needs of the outside: content stream and resources, as objects for one update. */
export interface AppearanceStream {
  readonly form: PdfStream;
}
