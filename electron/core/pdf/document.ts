/** The reader's public face. `open.ts` makes one; `update.ts` writes the next revision of one. */
import type { PageGeometry } from '../../../shared/document.ts';
import type { ByteSource } from '../ports.ts';
import type { PdfArray, PdfDict, PdfObject, PdfRef, PdfStream } from './objects.ts';

/** One incremental revision as the cross-reference chain tells it. */
export interface Revision {
  /** 0-based, oldest first. */
  readonly index: number;
  /** Offset of its `startxref` target. */
  readonly xrefOffset: number;
  /** Bytes from the start of the file to the end of its `%%EOF` (line end included where there is one). */
  readonly end: number;
  /** As `end` without that line end: where a signature made elsewhere may end too. */
  readonly markerEnd: number;
  /** Object numbers that this revision's own xref sections define, change or free. */
  readonly objects: ReadonlySet<number>;
  readonly trailer: PdfDict;
}

/** Something odd that a strict reading met; `code` is stable (`structure.*`), `detail` English. */
export interface Anomaly {
  readonly code: string;
  readonly detail: string;
  readonly offset?: number;
}

export interface PdfPage {
  readonly index: number;
  readonly ref: PdfRef | null;
  readonly dict: PdfDict;
  /** The page's resources, its own or inherited. */
  readonly resources: PdfDict | null;
  readonly geometry: PageGeometry;
}

export interface XrefEntry {
  readonly type: 'free' | 'offset' | 'compressed';
  /** Byte offset, or the number of the object stream. */
  readonly at: number;
  /** Generation, or the index in the object stream. */
  readonly generation: number;
}

export interface PdfDocument {
  readonly source: ByteSource;
  /**
   * Where `%PDF-` stands. The file's own offsets count from there (as qpdf, poppler and pdf.js read
   * them); every offset in this interface is absolute all the same.
   */
  readonly headerOffset: number;
  /** Header version, or the catalog's where later, e.g. `1.7`. */
  readonly version: string;
  /** The newest trailer (or xref stream dictionary). */
  readonly trailer: PdfDict;
  readonly catalog: PdfDict;
  readonly catalogRef: PdfRef;
  /** Style of the newest cross-reference section: the writer follows it. */
  readonly xrefStyle: 'table' | 'stream' | 'hybrid';
  readonly revisions: readonly Revision[];
  /** True when the cross-reference had to be rebuilt: such a file is never signed as it is. */
  readonly repaired: boolean;
  readonly anomalies: readonly Anomaly[];
  readonly encryption: {
    readonly algorithm: 'RC4' | 'AES-128' | 'AES-256';
    readonly revision: number;
    /** Whether the empty user password opens it. */
    readonly opensEmpty: boolean;
    readonly encryptMetadata: boolean;
  } | null;
  /** One past the highest object number in use. */
  readonly size: number;

  /** Follows references until something else stands there; null for a missing object. */
  resolve(object: PdfObject | undefined): PdfObject;
  /** Resolved entry of a dictionary. */
  entry(dictionary: PdfDict, key: string): PdfObject;
  dictEntry(dictionary: PdfDict, key: string): PdfDict | null;
  arrayEntry(dictionary: PdfDict, key: string): PdfArray | null;
  xrefEntry(number: number): XrefEntry | undefined;
  objectNumbers(): Iterable<number>;
  /** Decoded stream data; refuses with `pdf.limit` beyond the limits, `pdf.filter` for an unknown filter. */
  decode(stream: PdfStream, cap?: number): Uint8Array;
  pageCount(): number;
  /** 0-based. */
  page(index: number): PdfPage;
  /** The document as it stood at the end of revision `index`. */
  at(revision: number): PdfDocument;
}

export interface OpenOptions {
  readonly password?: string;
  /** `strict` never repairs: what cannot be read by its cross-reference is `pdf.damaged`. */
  readonly repair?: 'allow' | 'strict';
}

/** The tail of the next revision, and where its holes stand (absolute offsets in the new file). */
export interface UpdateResult {
  readonly tail: Uint8Array;
  readonly holes: ReadonlyMap<string, { readonly offset: number; readonly length: number }>;
}

export interface PdfUpdate {
  /** The document being updated; `current` looks at objects changed in this update first. */
  readonly document: PdfDocument;
  /** Reserves a new object number. */
  allocate(): PdfRef;
  /** Writes (or rewrites) an object in the new revision; strings and streams are encrypted where the file is. */
  set(target: PdfRef, object: PdfObject): void;
  /** As `set` with a new number. */
  add(object: PdfObject): PdfRef;
  /** The object as this update leaves it. */
  current(object: PdfObject | undefined): PdfObject;
  /** Serialises the tail: a line end if the file lacks one, objects, xref in the file's own style, trailer, startxref. */
  build(): UpdateResult;
}
