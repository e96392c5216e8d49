/** What the calls about kiosks answer: their state, never their content. */

/** `window`: another window of this program on this machine; `paired`: a machine of its own. */
export type ScreenKind = 'window' | 'paired';

/** How far along a signer is. `service`: at the pages of Posten's service. */
export const screenSteps = ['who', 'read', 'confirm', 'sign', 'done'] as const;
export type ScreenStep = (typeof screenSteps)[number];

export interface ScreenView {
  readonly id: string;
  readonly kind: ScreenKind;
  readonly name: string;
  /** It answers. */
  readonly here: boolean;
  /** ISO instant; null where nothing was heard since the program started. */
  readonly heardAt: string | null;
  /** The signer there asked for somebody. */
  readonly help: boolean;
  readonly holding: {
    /** Null where the one who asks does not see that job. */
    readonly job: string | null;
    readonly step: ScreenStep | null;
  } | null;
}

/** A kiosk of its own that has typed the code, while somebody compares. */
export interface PairingView {
  readonly name: string;
  readonly asking: { readonly pairing: string; readonly compare: string } | null;
}

/** The door for kiosks that are machines of their own. */
export interface ScreensView {
  /** Whether this host can listen on a network at all. */
  readonly available: boolean;
  readonly on: boolean;
  readonly address: string;
  readonly port: number;
  /** `internal`: reached from this machine alone. */
  readonly addresses: readonly {
    readonly name: string;
    readonly address: string;
    readonly internal: boolean;
  }[];
  readonly state: 'off' | 'listening' | 'address-gone' | 'port-taken';
  readonly url: string | null;
  /** Base64 SHA-256 of the public key, and the certificate's as browsers show it; null before the first use. */
  readonly keyPin: string | null;
  readonly fingerprint: string | null;
  readonly paired: readonly {
    readonly id: string;
    readonly name: string;
    /** ISO instant. */
    readonly pairedAt: string;
    readonly by: string;
    readonly here: boolean;
    readonly heardAt: string | null;
  }[];
  readonly pairing: PairingView | null;
}
