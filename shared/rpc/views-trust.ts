/** What the settings show of whom the office trusts beyond its own anchors. */
import type { CertificateSummary } from '../report.ts';

export interface TrustedListView {
  /** Hex SHA-256 of the file. */
  readonly sha256: string;
  /** Country code; `EU` for the list of lists. */
  readonly territory: string;
  readonly operator: string;
  readonly version: number;
  readonly sequence: number;
  /** ISO instants. */
  readonly issued: string;
  readonly nextUpdate: string | null;
  readonly services: number;
  readonly signer: CertificateSummary;
}

export interface TrustedListCheck {
  readonly sha256: string;
  /** Code of what is wrong, or null. */
  readonly code: string | null;
}

export interface KnownIssuersView {
  readonly on: boolean;
  readonly issuers: readonly { readonly name: string; readonly fingerprint: string }[];
}
