/** A job's part at the remote signing service: how far it has come there, and what came back. Pure data. */
import type { Json } from '../result.ts';

/** Where a job is signed; chosen while preparing, `counter` where absent. */
export type JobPlace = 'counter' | 'portal' | 'direct';
export type RemoteFlow = Exclude<JobPlace, 'counter'>;
export type RemoteStatus = 'IN_PROGRESS' | 'COMPLETED_SUCCESSFULLY' | 'FAILED';

/** How the service's portal finds a signer and tells them; absent at the counter. */
export interface ServiceContact {
  /**
   * `number`: national identity number, told by the contact data here. `register`: the number alone,
   * contact data from the national register. `contact`: whoever holds the link and the code.
   */
  readonly by: 'number' | 'register' | 'contact';
  readonly email?: string;
  readonly mobile?: string;
}

/**
 * `queued`: nothing has left. `sending`: bytes may be on their way. `unknown`: they were, and no answer
 * came; never sent again by itself. `made`: the service has the job. `refused`: it did not take it.
 */
export type RemotePhase = 'queued' | 'sending' | 'unknown' | 'made' | 'refused';

/** A document of the archive that is none of the job's own. */
export interface KeptFile {
  readonly document: string;
  /** Hex SHA-256. */
  readonly sha256: string;
  readonly length: number;
}

/** What was found in a result before it was kept. Said, never a hard stop but for what is broken. */
export interface ResultCheck {
  /** Subject of the certificate that seals it; null where it has none of its own (an XAdES). */
  readonly seal: string | null;
  /** Whether that certificate leads to an authority this office trusts. */
  readonly trusted: boolean;
  /** Whether it names the very documents that were sent; null where it names none. */
  readonly namesDocuments: boolean | null;
  /** As the e-ID says. */
  readonly signerName: string | null;
  /** ISO 8601, as the file says. */
  readonly signedAt: string | null;
}

export interface RemoteResult extends KeptFile {
  readonly kind: 'pades' | 'xades';
  /** Id of the signer; null for the one of everybody. */
  readonly signer: string | null;
  readonly check: ResultCheck;
}

export interface RemoteRefusal {
  readonly code: string;
  readonly detail?: { readonly [key: string]: Json };
}

/** Who is who at the service. */
export interface RemoteParty {
  readonly flow: RemoteFlow;
  /** Organisation number of the sender. */
  readonly sender: string;
  readonly queue: string;
  /** From 1; a job that is sent anew has another reference. */
  readonly attempt: number;
  /** What the service echoes in every answer. */
  readonly reference: string;
}

export interface Remote extends RemoteParty {
  readonly phase: RemotePhase;
  /** The signed package as it left; null before. */
  readonly package: KeptFile | null;
  /** The service's number of the job. */
  readonly jobId: string | null;
  readonly status: RemoteStatus | null;
  readonly cancellationUrl: string | null;
  /** Kept when it is seen: it comes late. */
  readonly deleteDocumentsUrl: string | null;
  /** Where a fresh link for a signer of the direct flow is asked for, by signer's id. */
  readonly links: Readonly<Record<string, string>>;
  readonly refusal: RemoteRefusal | null;
  /** A clerk's reason; the service has not answered yet. */
  readonly withdrawing: string | null;
  /** Why files could not be kept yet. */
  readonly trouble: string | null;
  readonly results: readonly RemoteResult[];
  /** ISO instant after which the service has deleted the files; null before the end. */
  readonly fetchBefore: string | null;
  /** The service knows that we have everything. */
  readonly receipted: boolean;
  readonly cleared: boolean;
  /** The local job to which signers were invited instead. */
  readonly invitedTo: string | null;
  /** Further jobs of the service that claim to be this one; left unconfirmed. */
  readonly strays: readonly { readonly reference: string; readonly jobId: string }[];
}

/** Days that the service keeps signed documents. */
export const serviceKeepsDays = 40;

/** Signer states with which the service could not reach somebody whom the counter can. */
export const unreachedStates: readonly string[] = ['RESERVED', 'CONTACT_INFORMATION_MISSING'];
