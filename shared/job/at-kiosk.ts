/** What stands while a signer has the kiosk, and before one who begins alone comes to it. Pure data. */
import type { IdentityCheck, ShownDocument } from './job.ts';
import type { IdentityProof, LoginProof } from './proof.ts';

/** A code with which the signer can begin alone at a resting kiosk. */
export interface PickUp {
  readonly signer: string;
  /** Who made it, and vouches for the identity check. */
  readonly clerk: string;
  readonly identityCheck: IdentityCheck;
  readonly identityCheckHash: string;
  /** ISO instant. */
  readonly expires: string;
  /** Argon2id of the code; it never leaves the archive (`masks.ts`). */
  readonly hash?: PickUpHash;
}

export interface PickUpHash {
  readonly cost: { readonly memory: number; readonly passes: number; readonly lanes: number };
  /** Base64. */
  readonly salt: string;
  readonly hash: string;
}

/** How a signer began without a clerk beside them. */
export type BegunAlone = 'pick-up-code' | 'login';

/** The login with which a signer began alone. What it proves of a signature is shown anew before signing. */
export type FirstLogin = Omit<LoginProof, 'means' | 'idToken' | 'keys'>;

/** The identity check that stands while a signer has the kiosk. */
export interface AtKiosk {
  readonly signer: string;
  readonly identityCheck: IdentityCheck;
  readonly identityCheckHash: string;
  readonly clerk: string;
  /** Without the clerk beside them, where the office allows it. */
  readonly alone?: BegunAlone;
  readonly login?: FirstLogin;
  /** The certificate that the clerk compared with the person before handing over. */
  readonly certificate?: string;
  readonly since: string;
  /** What the signer has shown to be who they are, for an advanced or authenticated signature. */
  readonly proof: {
    readonly given: IdentityProof;
    /** By what it says itself, or by the clerk who compared; null: nobody has decided yet. */
    readonly accepted: 'match' | 'clerk' | null;
  } | null;
  /** Set once the signer has confirmed the text. */
  readonly confirmed: {
    readonly textSha256: string;
    readonly textVersion: string;
    readonly shown: readonly ShownDocument[];
  } | null;
}
