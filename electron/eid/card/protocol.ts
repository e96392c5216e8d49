/** What the host and a card process say to each other. Plain data: it crosses a process. */
import type { SignatureScheme } from '../../core/ports.ts';
import type { Result } from '../../../shared/result.ts';

/** How many wrong PINs are left, as far as cards tell (PKCS #11, CK_TOKEN_INFO flags). */
export type TriesLeft = 'enough' | 'low' | 'last' | 'none';

export interface TokenCertificate {
  /** DER. */
  readonly der: Uint8Array;
  readonly label: string;
  /** Hex of CKA_ID: what ties it to its key. */
  readonly id: string;
  /** As far as it shows before the PIN: whether its key asks for the PIN at every signature. */
  readonly alwaysAuthenticate: boolean | null;
}

export interface Token {
  readonly label: string;
  readonly serial: string;
  readonly manufacturer: string;
  readonly loginRequired: boolean;
  readonly pinSet: boolean;
  readonly pinPad: boolean;
  readonly tries: TriesLeft;
  readonly certificates: readonly TokenCertificate[];
  /** CKM numbers. */
  readonly mechanisms: readonly number[];
}

export interface Slot {
  /** Hex of the slot's id. */
  readonly id: string;
  readonly reader: string;
  /** Null: the reader is empty. A fault: there is something in it that cannot be read. */
  readonly token: Result<Token> | null;
}

export type CardAsk =
  /** Everything in this driver's readers. */
  | { readonly type: 'read' }
  /** Look every so often for a while, and say `changed` when something came or went. */
  | { readonly type: 'watch'; readonly milliseconds: number }
  /** Opens a sitting: one login with the one PIN that was typed (null: the reader has its own keys). */
  | {
      readonly type: 'begin';
      readonly slot: string;
      /** Hex SHA-256 of the certificate. */
      readonly certificate: string;
      readonly pin: string | null;
      /** The person knows that a wrong PIN now locks the card. */
      readonly lastTry: boolean;
      /** Signatures to be made, and PINs typed for them. */
      readonly signatures: number;
      readonly pins: number;
    }
  | {
      readonly type: 'sign';
      readonly scheme: SignatureScheme;
      readonly data: Uint8Array;
      /** For keys that ask every time. */
      readonly pin: string | null;
    }
  | { readonly type: 'end' };

export interface Begun {
  readonly alwaysAuthenticate: boolean;
}

export type ToCard = { readonly id: number; readonly module: string; readonly ask: CardAsk };
export type FromCard =
  | { readonly type: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly type: 'changed' };

/** A process of its own, however a host makes it. */
export interface CardChild {
  send(message: ToCard): void;
  onMessage(listener: (message: FromCard) => void): void;
  onExit(listener: () => void): void;
  /** At once, whatever it is in the middle of. */
  kill(): void;
}
export type SpawnCardProcess = () => CardChild;
