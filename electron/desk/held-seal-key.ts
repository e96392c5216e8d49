/** The seal's own key while it is unlocked: in memory of the running program, never in the settings. */

export interface HeldSealKey {
  /** Hex SHA-256 of the certificate it belongs to: another program may have changed the seal since. */
  readonly certificate: string;
  /** PKCS#8, overwritten when it is let go. */
  readonly pkcs8: Uint8Array;
}

export function wipe(key: HeldSealKey | null): void {
  key?.pkcs8.fill(0);
}
