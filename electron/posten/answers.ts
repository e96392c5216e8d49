/** What the remote signing service answers. URLs stand as they came and are used only through the client. */

export type JobStatus = 'IN_PROGRESS' | 'COMPLETED_SUCCESSFULLY' | 'FAILED';

/** The signer states of both flows; others are kept as they came (`known: false`) and shown. */
export const signerStatuses = [
  'WAITING',
  'SIGNED',
  'REJECTED',
  'EXPIRED',
  'FAILED',
  'CANCELLED',
  'RESERVED',
  'CONTACT_INFORMATION_MISSING',
  'BLOCKED',
  'SIGNERS_NAME_NOT_AVAILABLE',
  'NOT_APPLICABLE',
] as const;

export interface SignerStatus {
  readonly status: string;
  readonly known: boolean;
  /** ISO 8601 as it came; null where it is missing. */
  readonly since: string | null;
}

/** An element that this version does not know. */
export interface UnknownElement {
  readonly name: string;
  readonly text: string;
}

interface AnswerBasis {
  /** A 64-bit number, kept as text. */
  readonly jobId: string;
  readonly reference: string | null;
  readonly unknown: readonly UnknownElement[];
}

export interface PortalCreated extends AnswerBasis {
  readonly cancellationUrl: string;
}

export type AnsweredSigner =
  | { readonly type: 'number'; readonly number: string }
  | { readonly type: 'contact'; readonly email: string | null; readonly mobile: string | null };

export interface PortalSignature extends SignerStatus {
  readonly signer: AnsweredSigner;
  readonly xadesUrl: string | null;
}

export interface PortalChange extends AnswerBasis {
  readonly status: JobStatus;
  readonly confirmationUrl: string;
  readonly cancellationUrl: string | null;
  /** Present only while the job can be deleted: keep it when it is seen. */
  readonly deleteDocumentsUrl: string | null;
  readonly signatures: readonly PortalSignature[];
  readonly padesUrl: string | null;
}

export interface DirectSignerAnswer {
  /** Where a new redirect URL is asked for. */
  readonly signerUrl: string;
  /** The number or the sender's own word. */
  readonly identifier: string;
  readonly identifiedBy: 'number' | 'own';
  /** For the signer's browser, once. */
  readonly redirectUrl: string;
}

export interface DirectCreated extends AnswerBasis {
  /** Null for jobs that are polled. */
  readonly statusUrl: string | null;
  /** Empty in answers of the oldest form, which have only the URLs. */
  readonly signers: readonly DirectSignerAnswer[];
  readonly redirectUrls: readonly { readonly signer: string | null; readonly url: string }[];
}

export interface DirectSignature extends SignerStatus {
  readonly signer: string | null;
  readonly xadesUrl: string | null;
}

export interface DirectStatus extends AnswerBasis {
  readonly status: JobStatus;
  readonly signatures: readonly DirectSignature[];
  readonly confirmationUrl: string | null;
  readonly deleteDocumentsUrl: string | null;
  readonly padesUrl: string | null;
}

export interface ServiceError {
  readonly code: string;
  readonly message: string;
  readonly type: string;
}

/** What a queue gave. `nextPollAt`: ISO 8601; polling before it is refused. */
export type Polled<T> =
  | { readonly type: 'change'; readonly change: T; readonly nextPollAt: string | null }
  | { readonly type: 'empty'; readonly nextPollAt: string | null };
