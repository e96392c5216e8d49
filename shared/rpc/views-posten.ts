/** What the calls about the remote signing service answer. */
import type { Failure } from '../result.ts';
import type { CertificateSummary } from '../report.ts';

export interface PostenSettingsView {
  readonly on: boolean;
  readonly environment: 'production' | 'test' | 'own';
  /** Address of a service of one's own; empty for the others. */
  readonly root: string;
  /** Organisation number in whose name jobs are sent; the office's own unless it sends for another. */
  readonly sender: string;
  readonly certificate: {
    readonly summary: CertificateSummary;
    readonly organisation: string | null;
    readonly daysLeft: number;
  } | null;
  /** `locked`: the passphrase of its file is needed. */
  readonly key: 'none' | 'ready' | 'locked';
  readonly authorities: readonly CertificateSummary[];
  /** Machines with an archive of their own that share the agreement, and which this is, from 1. */
  readonly share: { readonly of: number; readonly number: number };
  /** The queue that is this archive's alone. */
  readonly queue: string | null;
}

/** What anybody who follows up jobs may know. */
export interface PostenState {
  readonly on: boolean;
  readonly key: PostenSettingsView['key'];
  /** ISO instant as the service named it: before then it must not be asked. */
  readonly nextPollAt: string | null;
  readonly lastRoundAt: string | null;
  /** Code of why the last round ended early. */
  readonly trouble: string | null;
  readonly waiting: number;
  /** This archive was copied or restored: nothing is sent before somebody says which one goes on. */
  readonly copied: boolean;
  /** Jobs of the service that this archive does not know; unconfirmed there. */
  readonly strangers: readonly StrangerView[];
}

export interface StrangerView {
  readonly jobId: string;
  readonly flow: 'portal' | 'direct';
  readonly status: string;
  readonly signers: readonly { readonly name: string; readonly state: string }[];
  /** Whether it was sent from this archive, by its reference, so that it can be taken in. */
  readonly ours: boolean;
}

/** In the order in which one needs the next. */
export interface PostenCheck {
  readonly of: 'certificate' | 'name' | 'trust' | 'network' | 'agreement';
  readonly ok: boolean;
  /** What is wrong; null where it is right or could not be looked at because of one before. */
  readonly failure: Failure | null;
}

/** A signer of the direct flow at the kiosk. */
export interface ServiceVisitView {
  /** `away`: the service's page is open; `back`: it sent the browser home. */
  readonly state: 'none' | 'away' | 'back';
  readonly outcome: 'done' | 'rejected' | 'error' | null;
}
