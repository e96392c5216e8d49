/** With what an advanced signer signs, as the screens pass it on. In memory only. */
import type { CardView } from '../../../shared/card.ts';

export type OwnKey =
  | {
      readonly type: 'card';
      readonly certificate: string;
      readonly card: Pick<CardView, 'pinPad' | 'tries'>;
      /** Its key asks at every signature; null: the card tells after the first PIN. */
      readonly alwaysAuthenticate: boolean | null;
    }
  | {
      readonly type: 'key-file';
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly passphrase: string;
    };

/** What was shown, for the clerk to compare. */
export interface ShownOwn {
  readonly proof: string;
  readonly name: string;
  readonly issuer: string;
  /** ISO instant. */
  readonly notAfter: string;
  readonly nameMatch: 'same' | 'similar' | 'different';
  /** The clerk compared it before the hand-over. */
  readonly accepted: boolean;
  readonly revocation: 'good' | 'not-checked' | 'no-source' | 'unreachable';
}

/** How many times the PIN is typed on this screen; 0: the reader has keys of its own. */
export function pinTimes(own: OwnKey, signatures: number, eachTime: boolean): number {
  if (own.type === 'key-file' || own.card.pinPad) return 0;
  return eachTime || own.alwaysAuthenticate === true ? signatures : 1;
}
