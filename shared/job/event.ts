/** What can have happened to a job: past tense, appended, never rewritten. Pure data. */
import type { CopyEvent } from './copies.ts';
import type { FilledField } from './field.ts';
import type {
  BegunAlone,
  FirstLogin,
  HandBackReason,
  IdentityCheck,
  JobDocument,
  JobSpec,
  Language,
  PickUpHash,
  RevisionRef,
  ShownDocument,
  SignatureKindWanted,
  SignerSpec,
} from './job.ts';
import type { IdentityProof, ProofMeans } from './proof.ts';
import type { RemoteEvent } from './remote-event.ts';
import type { StampEnd, StampFacts } from './renewal.ts';
import type { Audience } from './visibility.ts';

/** Under a clerk's statement: their own key where they used one, else the organisation's seal. */
export interface AttestationSignature {
  readonly by: 'clerk' | 'seal';
  /** Where the clerk's own key is; absent for the seal, and in logs from before cards. */
  readonly means?: 'card' | 'key-file';
  /** The certificate's subject. */
  readonly subject: string;
  readonly trial: boolean;
  /** Canonical JSON that is signed: it binds the statement to the signing it speaks of. */
  readonly record: string;
  /** Base64 of a detached CMS (RFC 5652) over the record. */
  readonly cms: string;
}

/** How a name was drawn, point for point as in the mark; null where the screen did not tell. */
export interface StrokeDynamics {
  /** Hex of 32 random bytes. */
  readonly salt: string;
  readonly strokes: readonly (readonly {
    /** Milliseconds since the stroke began. */
    readonly t: number | null;
    /** 0 to 1. */
    readonly pressure: number | null;
  }[])[];
}

/** By the watched folder: what it was called there, and what it was, so that it comes in once. */
export interface CameIn {
  /** Of the job file, without its ending. */
  readonly name: string;
  /** Hex SHA-256 of the job file. */
  readonly jobFile: string;
  /** Hex SHA-256 of the documents as they lay there, in the job file's order. */
  readonly documents: readonly string[];
}

/** What a job was copied from: a template, or another job. */
export interface MadeFrom {
  readonly job: string;
  /** By a row of a list: hex SHA-256 of the file, and the row's number in it, the headings being 1. */
  readonly list?: { readonly sha256: string; readonly row: number };
}

export type JobEvent =
  /** Without an audience: the whole office, as before there were units. */
  | {
      readonly type: 'created';
      readonly spec: JobSpec;
      readonly audience?: Audience;
      /** Absent where a person made it. */
      readonly cameIn?: CameIn;
      readonly madeFrom?: MadeFrom;
      /** It is never opened: jobs are made as copies of it. */
      readonly template?: true;
    }
  | { readonly type: 'audience-set'; readonly audience: Audience }
  | { readonly type: 'document-added'; readonly document: JobDocument }
  | { readonly type: 'document-removed'; readonly document: string }
  | {
      readonly type: 'edited';
      readonly spec: JobSpec;
      readonly titles: Readonly<Record<string, string>>;
      readonly order: readonly string[];
    }
  | {
      readonly type: 'opened';
      readonly revisions: readonly RevisionRef[];
      /** Field name in the PDF for each field of the spec. */
      readonly fieldNames: Readonly<Record<string, string>>;
      /** Null where the organisation has no seal or the file could not be certified. */
      readonly seal: { readonly subject: string; readonly trial: boolean } | null;
    }
  | {
      readonly type: 'handed-over';
      readonly signer: string;
      readonly identityCheck: IdentityCheck;
      /** Hex SHA-256 of the canonical JSON of the check: it goes into the signed bytes with the evidence. */
      readonly identityCheckHash: string;
      /** Without a clerk beside them; whose check it was stands in `clerk`. */
      readonly alone?: BegunAlone;
      /** With which they began alone. */
      readonly login?: FirstLogin;
      /** Where they began by logging in, nobody has checked: it is who answers for the kiosk. */
      readonly clerk?: string;
      /** Hex SHA-256 of the certificate that the clerk compared with the person before handing over. */
      readonly certificate?: string;
    }
  | {
      readonly type: 'pick-up-made';
      readonly signer: string;
      readonly identityCheck: IdentityCheck;
      readonly identityCheckHash: string;
      readonly expires: string;
      readonly hash?: PickUpHash;
    }
  | { readonly type: 'pick-up-withdrawn'; readonly signer: string }
  | { readonly type: 'handed-back'; readonly signer: string; readonly reason: HandBackReason }
  /** An advanced or authenticated signer showed a certificate or logged in. */
  | {
      readonly type: 'proof-given';
      readonly signer: string;
      readonly proof: IdentityProof;
      /** True where what it says leaves no doubt; else the clerk decides. */
      readonly matches: boolean;
    }
  /** The clerk compared what the proof says with the person, and put their name to it. */
  | {
      readonly type: 'proof-accepted';
      readonly signer: string;
      readonly proof: string;
      /** By the word they gave at the hand-over, of this very certificate. */
      readonly atHandOver?: true;
    }
  /** Another person, a level too low, a card that is revoked: nothing was signed. */
  | {
      readonly type: 'proof-refused';
      readonly signer: string;
      readonly means: ProofMeans;
      readonly code: string;
      readonly detail?: Readonly<Record<string, string | number>>;
    }
  | {
      readonly type: 'confirmed';
      readonly signer: string;
      readonly textVersion: string;
      readonly textSha256: string;
      /** The very words; absent in logs that kept only their hash. */
      readonly text?: string;
      /** Of what is written into the documents, and of the text where `added` is absent. */
      readonly language: Language;
      /** The text was in a language that the office has added; the hash is that of what was approved. */
      readonly added?: { readonly language: string; readonly approved: string };
      readonly shown: readonly ShownDocument[];
      /** Milliseconds each page was on screen, per document. */
      readonly pagesShown: Readonly<Record<string, number>>;
      readonly override?: string;
    }
  | {
      readonly type: 'signed';
      readonly signer: string;
      readonly kind: SignatureKindWanted;
      readonly mark: 'drawn' | 'typed' | 'image' | 'none';
      readonly shown: readonly ShownDocument[];
      readonly revisions: readonly RevisionRef[];
      /** Hex SHA-256 that stands in the signed bytes. */
      readonly evidenceHash: string;
      /** Canonical JSON whose hash that is. */
      readonly evidence: string;
      readonly certificateSubject: string;
      /** Whose key signed: the organisation's seal, or the signer's own on a card or in a key file. */
      readonly key: 'seal' | 'card' | 'key-file';
      readonly trial: boolean;
      readonly level: 'B-B' | 'B-T';
      /** Only where the office keeps it; its hash stands in the evidence. */
      readonly dynamics?: StrokeDynamics;
      /** What stands in this signer's other fields; absent where there are none. */
      readonly filled?: readonly FilledField[];
    }
  | {
      readonly type: 'attested';
      readonly signer: string;
      readonly statement: string;
      /** Absent in logs from before statements were signed. */
      readonly signature?: AttestationSignature;
    }
  | { readonly type: 'declined'; readonly signer: string; readonly reason: string }
  | { readonly type: 'cancelled'; readonly reason: string }
  /** A draft that was thrown away is a draft again. */
  | { readonly type: 'restored' }
  /** Before they had signed: another person in the same place, who has an id of their own. */
  | {
      readonly type: 'signer-replaced';
      readonly signer: string;
      readonly by: SignerSpec;
      readonly reason: string;
    }
  /** A mail is to leave; with a deadline where the program does it by itself. */
  | {
      readonly type: 'reminder-asked';
      readonly signer: string;
      readonly automaticFor?: string;
    }
  /** It is being handed to the mail server: whatever happens now, it is not sent again by itself. */
  | { readonly type: 'reminder-leaving'; readonly signer: string }
  /** The office's mail server took it, or a letter was made. */
  | { readonly type: 'reminded'; readonly signer: string; readonly how: 'mail' | 'letter' }
  | { readonly type: 'reminder-failed'; readonly signer: string; readonly code: string }
  | { readonly type: 'expired' }
  | { readonly type: 'extended'; readonly deadline: string }
  | {
      readonly type: 'sealed';
      readonly revisions: readonly RevisionRef[];
      readonly authority: string;
      readonly time: string;
      /** What its timestamps rest on; absent in logs from before renewal. */
      readonly stamp?: StampFacts;
    }
  | { readonly type: 'seal-deferred'; readonly code: string }
  /** Its newest timestamps come to their end; null where nothing is known of them. */
  | { readonly type: 'renewal-due'; readonly end: StampEnd | null }
  | {
      readonly type: 'renewed';
      readonly revisions: readonly RevisionRef[];
      readonly authority: string;
      readonly time: string;
      readonly stamp: StampFacts;
    }
  | { readonly type: 'renewal-deferred'; readonly code: string }
  | {
      readonly type: 'exported';
      readonly receipt: string;
      readonly files: readonly { readonly name: string; readonly sha256: string }[];
      /** The whole record went out, ID tokens with their national identity numbers too. */
      readonly complete?: true;
    }
  | { readonly type: 'taken-over'; readonly receipt: string; readonly reference: string }
  | CopyEvent
  | RemoteEvent;

export type JobEventType = JobEvent['type'];

/** An event as it stands in the log. */
export interface RecordedEvent {
  readonly seq: number;
  readonly job: string;
  readonly version: number;
  /** ISO instant. */
  readonly at: string;
  /** User id, or `system`. */
  readonly actor: string;
  readonly event: JobEvent;
}
