/** What may be asked of a job: imperative, each answered by `decide`. */
import type { CopyWay } from './copies.ts';
import type { JobEvent } from './event.ts';
import type {
  BegunAlone,
  FirstLogin,
  HandBackReason,
  IdentityCheck,
  JobDocument,
  JobSpec,
  PickUpHash,
  RevisionRef,
  SignerSpec,
} from './job.ts';
import type { RemoteEvent } from './remote-event.ts';
import type { StampEnd } from './renewal.ts';
import type { Audience } from './visibility.ts';

/** What may be asked. Facts that only the machine can know (hashes, names of fields) come in with the command. */
export type JobCommand =
  | (Omit<Extract<JobEvent, { type: 'created' }>, 'type'> & { readonly type: 'create' })
  | { readonly type: 'set-audience'; readonly audience: Audience }
  | { readonly type: 'add-document'; readonly document: JobDocument }
  | { readonly type: 'remove-document'; readonly document: string }
  | {
      readonly type: 'edit';
      readonly spec: JobSpec;
      readonly titles: Readonly<Record<string, string>>;
      readonly order: readonly string[];
    }
  | {
      readonly type: 'open';
      readonly now: string;
      readonly revisions: readonly RevisionRef[];
      readonly fieldNames: Readonly<Record<string, string>>;
      readonly seal: { readonly subject: string; readonly trial: boolean } | null;
    }
  | {
      readonly type: 'hand-over';
      readonly now: string;
      readonly signer: string;
      readonly identityCheck: IdentityCheck;
      readonly identityCheckHash: string;
      readonly alone?: BegunAlone;
      readonly login?: FirstLogin;
      readonly clerk?: string;
      readonly certificate?: string;
    }
  | {
      readonly type: 'make-pick-up';
      readonly now: string;
      readonly signer: string;
      readonly identityCheck: IdentityCheck;
      readonly identityCheckHash: string;
      readonly expires: string;
      readonly hash: PickUpHash;
    }
  | { readonly type: 'withdraw-pick-up'; readonly signer: string }
  | { readonly type: 'hand-back'; readonly reason: HandBackReason }
  | (Omit<Extract<JobEvent, { type: 'proof-given' }>, 'type'> & { readonly type: 'give-proof' })
  | (Omit<Extract<JobEvent, { type: 'proof-accepted' }>, 'type'> & {
      readonly type: 'accept-proof';
    })
  | (Omit<Extract<JobEvent, { type: 'proof-refused' }>, 'type'> & { readonly type: 'refuse-proof' })
  | (Omit<Extract<JobEvent, { type: 'confirmed' }>, 'type'> & { readonly type: 'confirm' })
  | (Omit<Extract<JobEvent, { type: 'signed' }>, 'type'> & {
      readonly type: 'sign';
      readonly now: string;
    })
  | (Omit<Extract<JobEvent, { type: 'attested' }>, 'type'> & { readonly type: 'attest' })
  | { readonly type: 'decline'; readonly signer: string; readonly reason: string }
  | { readonly type: 'ask-copy' | 'give-copy'; readonly signer: string; readonly way: CopyWay }
  | { readonly type: 'fail-copy'; readonly signer: string; readonly code: string }
  | { readonly type: 'cancel'; readonly reason: string }
  | { readonly type: 'restore' }
  | {
      readonly type: 'replace-signer';
      readonly signer: string;
      readonly by: SignerSpec;
      readonly reason: string;
    }
  | {
      readonly type: 'ask-reminder';
      readonly signer: string;
      readonly automaticFor?: string;
    }
  | { readonly type: 'begin-reminder'; readonly signer: string }
  | { readonly type: 'note-reminder'; readonly signer: string; readonly how: 'mail' | 'letter' }
  | { readonly type: 'fail-reminder'; readonly signer: string; readonly code: string }
  | { readonly type: 'expire'; readonly now: string }
  | { readonly type: 'extend'; readonly now: string; readonly deadline: string }
  | (Omit<Extract<JobEvent, { type: 'sealed' }>, 'type'> & { readonly type: 'seal' })
  | { readonly type: 'defer-seal'; readonly code: string }
  | { readonly type: 'need-renewal'; readonly end: StampEnd | null }
  | (Omit<Extract<JobEvent, { type: 'renewed' }>, 'type'> & { readonly type: 'renew' })
  | { readonly type: 'defer-renewal'; readonly code: string }
  | (Omit<Extract<JobEvent, { type: 'exported' }>, 'type'> & { readonly type: 'export' })
  | { readonly type: 'take-over'; readonly receipt: string; readonly reference: string }
  /** The sync, and what a clerk asks of it. */
  | { readonly type: 'record-remote'; readonly event: RemoteEvent };
