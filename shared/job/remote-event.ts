/** What can have happened to a job at the remote signing service. */
import type { KeptFile, RemoteParty, RemoteRefusal, RemoteResult, RemoteStatus } from './remote.ts';

/** What the service says of the whole job; never a difference. */
export interface RemoteSaying {
  readonly jobId: string;
  readonly status: RemoteStatus;
  /** By signer's id; words of the service, unknown ones too. `since`: ISO 8601 as it came. */
  readonly signers: readonly {
    readonly signer: string;
    readonly state: string;
    readonly since: string | null;
  }[];
  readonly cancellationUrl: string | null;
  readonly deleteDocumentsUrl: string | null;
}

export type RemoteEvent =
  /** Handed to the sync by a clerk; nothing has left yet. */
  | ({ readonly type: 'posted' } & RemoteParty)
  /** Written before the first byte leaves. */
  | { readonly type: 'departed'; readonly package: KeptFile }
  /** Nothing left after all. */
  | { readonly type: 'held-back'; readonly code: string }
  | {
      readonly type: 'accepted';
      readonly jobId: string;
      readonly cancellationUrl: string | null;
      readonly links: Readonly<Record<string, string>>;
    }
  | { readonly type: 'turned-down'; readonly refusal: RemoteRefusal }
  | { readonly type: 'answer-lost' }
  /** Told of by the queue while we did not know that the service has it. */
  | ({ readonly type: 'found'; readonly jobId: string } & RemoteParty)
  | ({ readonly type: 'service-said' } & RemoteSaying)
  | { readonly type: 'result-refused'; readonly code: string }
  /** The end: everything there is to keep stands in this transaction. */
  | { readonly type: 'came-back'; readonly results: readonly RemoteResult[] }
  | { readonly type: 'receipt-given' }
  | { readonly type: 'withdrawal-asked'; readonly reason: string }
  | { readonly type: 'withdrawal-refused'; readonly code: string }
  | { readonly type: 'clearing-asked' }
  | { readonly type: 'cleared-there' }
  | { readonly type: 'stray-seen'; readonly reference: string; readonly jobId: string }
  | { readonly type: 'invited'; readonly to: string };

export type RemoteEventType = RemoteEvent['type'];
