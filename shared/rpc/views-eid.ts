/** What the calls about e-ID logins answer. Secrets and private keys are never among it. */
import type { AssuranceLevel, LoginProof } from '../job/proof.ts';
import type { Failure } from '../result.ts';

export interface EidProviderView {
  readonly id: string;
  readonly kind: LoginProof['provider'];
  readonly label: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly authentication: 'secret' | 'private-key' | 'none';
  readonly hasSecret: boolean;
  /** RFC 7517, to register at the provider; null where there is no key. */
  readonly publicKey: string | null;
  readonly requestObject: boolean;
  readonly logout: boolean;
  readonly nationalId: boolean;
  readonly levels: { readonly substantial: readonly string[]; readonly high: readonly string[] };
  readonly claims: {
    readonly name: string;
    readonly birthDate: string;
    readonly nationalId: string;
  };
}

export interface EidSettingsView {
  readonly providers: readonly EidProviderView[];
  /** Id of the one that a signer is sent to. */
  readonly default: string | null;
  readonly port: number;
  /** What a provider must have registered. */
  readonly redirectUri: string;
  readonly loggedOutUri: string;
}

/** One part of a provider's set-up, and what is wrong with it. */
export interface EidCheck {
  readonly part: 'discovery' | 'keys' | 'redirect' | 'client';
  readonly ok: boolean;
  readonly code: string | null;
}

/** How a login goes that this client has begun. */
export interface LoginView {
  readonly state: 'none' | 'pending' | 'failed' | 'given';
  /** Why the last one failed. */
  readonly failure: Failure | null;
}

/** A signer's login, for their own screen. */
export interface SignerLoginView extends LoginView {
  readonly providers: readonly {
    readonly id: string;
    readonly kind: LoginProof['provider'];
    readonly label: string;
  }[];
  readonly level: AssuranceLevel;
  /** Whoever came back from the provider goes on where they were. */
  readonly confirmed: boolean;
}

/** A login with which somebody at a resting kiosk begins; it speaks of nobody and of no job. */
export type RestLoginView = Pick<SignerLoginView, 'state' | 'failure' | 'providers'>;

/** What a trial login of the settings found; the number masked. */
export interface EidTrialView extends LoginView {
  readonly found: {
    readonly name: string;
    readonly birthDate: string | null;
    readonly maskedId: string | null;
    readonly level: AssuranceLevel;
    readonly acr: string;
  } | null;
}
