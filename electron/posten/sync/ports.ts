/** What the sync stands on. */
import type { RemoteFlow } from '../../../shared/job/remote.ts';
import type { Sector } from '../job-rules.ts';
import type { Archive } from '../../archive/archive.ts';
import type { Clock, Crypto } from '../../core/ports.ts';
import type { PostenClient } from '../operations.ts';
import type { Update } from './update.ts';

export interface SyncPorts {
  readonly archive: Archive;
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly client: PostenClient;
  /** Organisation number in whose name is asked, and the queue that is this archive's alone. */
  readonly sender: string;
  readonly queue: string;
  readonly sector: Sector;
  /** DER of what this office trusts, for the seal on what comes back. */
  readonly anchors: () => readonly Uint8Array[];
  /** Where a signer's browser is sent after the direct flow: an address on this machine. */
  readonly exit: (reference: string) => string;
  readonly polls: Polls;
  /** A job has changed. */
  readonly changed: (job: string) => void;
  /** News of a job that this archive does not have; it stays unconfirmed at the service. */
  readonly stranger: (update: Update) => void;
}

/** When each flow's queue may be asked next, as the service named it; outlives the program. */
export interface Polls {
  get(flow: RemoteFlow): string | null;
  set(flow: RemoteFlow, at: string): void;
}

/** What one round came to. */
export interface Round {
  /** Why it ended early: no way to the service, or no right to use it; null where all went well. */
  readonly trouble: string | null;
  /** ISO 8601 as the service named it: the earlier of both flows' next permitted polls. */
  readonly nextPollAt: string | null;
  /** Jobs that still wait to leave. */
  readonly waiting: number;
}

/** In the outbox under `postenTopic`. */
export type Errand =
  | { readonly do: 'send'; readonly job: string; readonly reference: string }
  | { readonly do: 'withdraw'; readonly job: string }
  | { readonly do: 'clear'; readonly job: string }
  /** The end is stored; the service may forget the job. */
  | {
      readonly do: 'receipt';
      readonly job: string;
      readonly flow: 'portal' | 'direct';
      readonly url: string;
    };

export const postenTopic = 'posten';
