/** What the client can do, and what it needs. */
import type { Readable } from 'node:stream';
import type { Result } from '../../shared/result.ts';
import type {
  DirectCreated,
  DirectSignerAnswer,
  DirectStatus,
  Polled,
  PortalChange,
  PortalCreated,
} from './answers.ts';
import type { Pack } from './build-package.ts';
import type { CallLine } from './calls.ts';
import type { Sector } from './job-rules.ts';
import type { DirectJob, PortalJob } from './jobs.ts';
import type { PaceClock } from './pace.ts';
import type { TransportOptions } from './transport.ts';

export interface PostenOptions extends TransportOptions {
  readonly pack: Pack;
  readonly clock: PaceClock;
  /** By which waiting is measured: one that no change of the machine's clock moves. `clock` where absent. */
  readonly paceClock?: PaceClock;
  /** How many programs of the organisation share the service's limit, and which of them this is. */
  readonly share?: { readonly of: number; readonly place: number };
  /** The organisation that asks, where a job names none. */
  readonly sender?: string;
  readonly sector?: Sector;
  /** Minutes east of Greenwich that the package's time is written with; UTC where absent. */
  readonly zoneOffset?: number;
  readonly timeouts?: { readonly call?: number; readonly download?: number };
  readonly log?: (line: CallLine) => void;
  /** Gets each package before it leaves, for support. Holds personal data: off unless asked for. */
  readonly dump?: (name: string, container: Uint8Array) => void;
}

/** A document on its way. `length`: octets, where the service says. */
export interface Download {
  readonly stream: Readable;
  readonly length: number | null;
}

export interface QueueChoice {
  readonly sender?: string;
  readonly queue?: string;
}

/** Keeps the signed package before its first octet leaves; a failure keeps it here. */
export type Depart = (container: Uint8Array) => Result<null>;

export interface PostenClient {
  readonly portal: {
    create(job: PortalJob, depart?: Depart): Promise<Result<PortalCreated>>;
    poll(choice?: QueueChoice): Promise<Result<Polled<PortalChange>>>;
    confirm(change: Pick<PortalChange, 'confirmationUrl'>): Promise<Result<null>>;
    cancel(job: { readonly cancellationUrl: string | null }): Promise<Result<null>>;
  };
  readonly direct: {
    create(job: DirectJob, depart?: Depart): Promise<Result<DirectCreated>>;
    poll(choice?: QueueChoice): Promise<Result<Polled<DirectStatus>>>;
    /** With the token that the signer's browser brought back. */
    status(
      job: { readonly statusUrl: string | null },
      token: string,
    ): Promise<Result<DirectStatus>>;
    /** Without an address (still in progress) there is nothing to confirm. */
    confirm(status: Pick<DirectStatus, 'confirmationUrl'>): Promise<Result<null>>;
    newRedirectUrl(
      signer: Pick<DirectSignerAnswer, 'signerUrl'>,
    ): Promise<Result<DirectSignerAnswer>>;
  };
  /** One per signer. */
  xades(signature: { readonly xadesUrl: string | null }): Promise<Result<Download>>;
  pades(job: { readonly padesUrl: string | null }): Promise<Result<Download>>;
  deleteDocuments(job: { readonly deleteDocumentsUrl: string | null }): Promise<Result<null>>;
  readonly archive: {
    pades(owner: string, documentId: string): Promise<Result<Download>>;
  };
  /** The root resource: whom the service takes us for. */
  whoAmI(sender?: string): Promise<Result<string>>;
  close(): void;
}
