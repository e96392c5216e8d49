/** What a job is, what can be asked of it, and what can have happened to it. Pure data. */
import type { DocumentFindings, Placement } from '../document.ts';
import type { AtKiosk, PickUp } from './at-kiosk.ts';
import type { Copy } from './copies.ts';
import type { FieldKind } from './field.ts';
import type { IdentityDocument } from './identity-document.ts';
import type { AssuranceLevel } from './proof.ts';
import type { JobPlace, Remote, ServiceContact } from './remote.ts';
import type { StampEnd, StampFacts } from './renewal.ts';
import type { Audience } from './visibility.ts';

export type { AtKiosk, BegunAlone, FirstLogin, PickUp, PickUpHash } from './at-kiosk.ts';

export type Sector = 'public' | 'private';
export type Language = 'nb' | 'nn' | 'en';
export type SignatureKindWanted = 'simple' | 'authenticated' | 'advanced';

/** The service's words, and whatever word the service may add later: kept and shown, never an error. */
export type SignerState =
  | 'WAITING'
  | 'SIGNED'
  | 'REJECTED'
  | 'EXPIRED'
  | 'CANCELLED'
  | 'RESERVED'
  | 'CONTACT_INFORMATION_MISSING'
  | 'BLOCKED'
  | 'NOT_APPLICABLE'
  | 'SIGNERS_NAME_NOT_AVAILABLE'
  | 'FAILED';

export type SignerRole =
  'signer' | 'approver' | 'witness' | 'interpreter' | 'guardian' | 'parent' | 'proxy';

export interface SignerSpec {
  readonly id: string;
  readonly name: string;
  /** What this person is in the document, e.g. "Leietaker"; may be empty. */
  readonly title: string;
  /** Eleven digits; encrypted at rest, masked everywhere, absent where the job does not need it. */
  readonly nationalId?: string;
  /** ISO date. */
  readonly birthDate?: string;
  /** 0–9: equal numbers sign in parallel, the next group opens when all have signed. */
  readonly order: number;
  readonly kind: SignatureKindWanted;
  /** The least level of an e-ID login that an authenticated signature needs; 3 where absent. */
  readonly level?: AssuranceLevel;
  readonly role: SignerRole;
  /** For guardian, parent, proxy: for whom, and what proves it. */
  readonly onBehalfOf: 'SELF' | 'OTHER';
  readonly forWhom?: string;
  readonly proof?: string;
  readonly language: Language;
  /** Where the office reminds them; the document never shows it. */
  readonly email?: string;
  /** Id in the address book, where they were taken from there. */
  readonly person?: string;
  /** Code of a language of the office's own, in which the kiosk opens; `language` is its stand-in. */
  readonly kioskLanguage?: string;
  /** Where the job is signed in the service's portal. */
  readonly contact?: ServiceContact;
}

export interface FieldSpec {
  readonly id: string;
  readonly document: string;
  readonly signer: string;
  readonly placement: Placement;
  /** The full name of a field of this kind that stands ready in the file and is used instead of a new one. */
  readonly existing?: string;
  /** Absent: a signature. */
  readonly kind?: FieldKind;
  /** What is asked of the signer, for text and check boxes. */
  readonly label?: string;
  readonly required?: boolean;
  /** Of text, in characters. */
  readonly maxLength?: number;
  /** What the clerk has written there beforehand; `yes` in a check box. */
  readonly value?: string;
  /** The signer reads the value and cannot change it. */
  readonly fixed?: boolean;
}

/** What the clerk writes; complete only when the job is opened. */
export interface JobSpec {
  readonly title: string;
  readonly nonSensitiveTitle: string;
  readonly description: string;
  readonly reference: string;
  readonly caseNumber: string;
  readonly documentType: string;
  /** For the records system, absent in logs from before it was asked for: `records.ts`. */
  readonly journalEntry?: string;
  readonly accessCode?: string;
  /** The law by which access is restricted: a code without one says nothing. */
  readonly accessBasis?: string;
  readonly shieldedTitle?: string;
  readonly recordsUnit?: string;
  readonly signers: readonly SignerSpec[];
  readonly fields: readonly FieldSpec[];
  /** ISO instant; null for no deadline. */
  readonly deadline: string | null;
  /** Of a template: days from when a job is made of it to the job's deadline. */
  readonly deadlineDays?: number;
  readonly identifierInDocument: 'NAME' | 'BIRTH_DATE_AND_NAME' | 'NATIONAL_ID_AND_NAME';
  readonly place?: JobPlace;
}

export const emptySpec: JobSpec = {
  title: '',
  nonSensitiveTitle: '',
  description: '',
  reference: '',
  caseNumber: '',
  documentType: '',
  signers: [],
  fields: [],
  deadline: null,
  identifierInDocument: 'NAME',
};

export interface JobDocument {
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  /** Hex SHA-256 of revision 0. */
  readonly sha256: string;
  /** Bytes of revision 0. */
  readonly length: number;
  readonly findings: DocumentFindings;
  /** Where revision 0 was converted from something else. */
  readonly original?: { readonly name: string; readonly type: string; readonly sha256: string };
  /** Where it was put together, before anybody signed, of pages of documents that the job had before. */
  readonly from?: readonly DocumentPart[];
}

export interface DocumentPart {
  readonly document: string;
  /** Its file name. */
  readonly name: string;
  readonly sha256: string;
  /** "1–3, 5 (90°)": counted from 1, and turned by so much. */
  readonly pages: string;
  readonly original?: JobDocument['original'];
}

/** One revision as an event speaks of it. */
export interface RevisionRef {
  readonly document: string;
  readonly revision: number;
  /** Hex SHA-256 of the whole file up to and including this revision. */
  readonly sha256: string;
  readonly length: number;
}

/** DOMAIN.md, the kiosk, step 2. Last four characters only. */
export interface IdentityCheck {
  readonly method: 'document' | 'known' | 'eid';
  readonly documentType?: IdentityDocument;
  readonly lastFour?: string;
  /** ISO date. */
  readonly expires?: string;
  readonly note?: string;
  /** Where the office wants two: the other clerk, who typed their own PIN. */
  readonly second?: { readonly user: string; readonly name: string };
  /** Interpreter, guardian, witness present; names. */
  readonly present?: readonly { readonly role: SignerRole; readonly name: string }[];
}

export interface ShownDocument {
  readonly document: string;
  readonly revision: number;
  readonly sha256: string;
}

export type HandBackReason = 'done' | 'idle' | 'not-me' | 'stopped' | 'clerk' | 'lost';

export interface SignerStatus extends SignerSpec {
  readonly state: SignerState | (string & {});
  /** ISO instant of the last change of state. */
  readonly since: string | null;
  /** The check codes of what they signed here, by which a receipt names it. */
  readonly codes?: readonly string[];
  /** Of what they signed; absent where they asked for none. */
  readonly copy?: Copy;
}

/** The newest reminder of a signer. */
export interface Reminder {
  readonly how: 'mail' | 'letter';
  readonly state: 'asked' | 'leaving' | 'sent' | 'failed';
  /** ISO instant. */
  readonly at: string;
  /** Why it did not leave. */
  readonly code?: string;
  /** The deadline before which the program has reminded by itself: once for each. */
  readonly automaticFor?: string;
}

interface JobBase {
  readonly id: string;
  readonly version: number;
  readonly createdAt: string;
  readonly createdBy: string;
  /** Who sees it. */
  readonly audience: Audience;
  readonly spec: JobSpec;
  readonly documents: readonly JobDocument[];
  /** The newest revision of each document, in the documents' order. */
  readonly revisions: readonly RevisionRef[];
  readonly signers: readonly SignerStatus[];
  readonly fieldNames: Readonly<Record<string, string>>;
  readonly seal: { readonly subject: string; readonly trial: boolean } | null;
  readonly changedAt: string;
  readonly exported: {
    readonly receipt: string;
    readonly at: string;
    readonly takenOver: string | null;
  } | null;
  /** Null where it was never to be signed at the service. */
  readonly remote: Remote | null;
  /** Whose places others have taken; absent where nobody was replaced. */
  readonly formerSigners?: readonly SignerSpec[];
  /** The newest of each signer, by id. */
  readonly reminders?: Readonly<Record<string, Reminder>>;
  /** A template is a draft that is never opened. */
  readonly template?: true;
}

export type Job =
  | (JobBase & { readonly state: 'draft' })
  | (JobBase & {
      readonly state: 'open';
      /** The order group whose turn it is. */
      readonly group: number;
      readonly atKiosk: AtKiosk | null;
      readonly pickUps: readonly PickUp[];
    })
  | (JobBase & { readonly state: 'signed'; readonly sealDeferred: string | null })
  | (JobBase & {
      readonly state: 'sealed';
      readonly sealedAt: string;
      readonly authority: string;
      /** What its newest timestamps rest on; null where nothing is known of them. */
      readonly stamp: StampFacts | null;
      readonly renewedAt: string | null;
      /** Set while it needs renewal. */
      readonly renewal: {
        readonly end: StampEnd | null;
        /** Why it could not be renewed yet. */
        readonly deferred: string | null;
      } | null;
    })
  /** Handed to the remote signing service; `remote` says how far it has come. */
  | (JobBase & { readonly state: 'at-service' })
  /** Signed by all at the service; its files are in `remote.results`. */
  | (JobBase & { readonly state: 'returned' })
  | (JobBase & { readonly state: 'rejected'; readonly by: string; readonly reason: string })
  | (JobBase & {
      readonly state: 'cancelled';
      readonly reason: string;
      /** A draft can be brought back. */
      readonly was: JobState;
    })
  | (JobBase & { readonly state: 'expired' })
  | (JobBase & { readonly state: 'failed'; readonly code: string });

export type JobState =
  | 'draft'
  | 'open'
  | 'signed'
  | 'sealed'
  | 'at-service'
  | 'returned'
  | 'rejected'
  | 'cancelled'
  | 'expired'
  | 'failed';

/** The tabs of the job list. */
export type JobTab = 'draft' | 'waiting' | 'stopped' | 'signed' | 'renewal';
