/** What is in the card readers, as screens show it. No key, no PIN, no certificate's bytes. */

/** A certificate on a card, and whether it can sign now. */
export interface CardCertificateView {
  /** Hex SHA-256 of the certificate: its name everywhere. */
  readonly id: string;
  /** Whose it says it is. */
  readonly name: string;
  readonly issuer: string;
  readonly serial: string;
  /** ISO instants. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly algorithm: string;
  /** The certificates above it that could be found, nearest first, by name. */
  readonly chain: readonly string[];
  /** Made for signatures that bind (nonRepudiation), not for logging in. */
  readonly forSigning: boolean;
  /** Its key asks for the PIN at every signature; null: the card does not tell before the PIN. */
  readonly alwaysAuthenticate: boolean | null;
  /** `card.certificate-expired` and the like; null where it can sign. */
  readonly problem: string | null;
}

export interface CardView {
  readonly label: string;
  readonly manufacturer: string;
  /** The PIN is entered on the reader, never on the screen. */
  readonly pinPad: boolean;
  readonly tries: 'enough' | 'low' | 'last' | 'none';
  /** Those that can sign, the best first, then those that cannot. */
  readonly certificates: readonly CardCertificateView[];
  /** `card.locked`, `card.pin-not-set`, `card.no-certificate`, …; null where it can sign. */
  readonly problem: string | null;
}

export interface ReaderView {
  /** Driver and slot. */
  readonly id: string;
  readonly driver: string;
  readonly reader: string;
  readonly card: CardView | null;
  /** There is something in the reader that cannot be read. */
  readonly problem: string | null;
}

export interface CardsView {
  readonly readers: readonly ReaderView[];
  readonly drivers: readonly DriverView[];
  /** Why nobody can sign with what is here, the nearest fault; null where somebody can. */
  readonly problem: string | null;
}

export interface DriverView {
  readonly name: string;
  readonly path: string;
  /** `card.not-a-module`, `card.module-hung`, …; null where it answers. */
  readonly problem: string | null;
}
