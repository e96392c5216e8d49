/** What may happen to a signed file, and must not raise a false alarm. */

/** The rows of the benign table. */
export const benignRows = {
  'validation-data': 'DSS and VRI additions',
  timestamps: 'document timestamps',
  signatures: 'later signatures that cover nothing',
  filling: 'form filling',
  metadata: 'metadata and ID updates',
  structure: 'additive structure-tree updates',
  makes: 'files of every make, hybrid references among them',
} as const;

export type BenignRow = keyof typeof benignRows;

export interface BenignRevision {
  readonly row: BenignRow;
  readonly name: string;
  /** Why pyHanko's rules do not cover it; it must accept the file where this is absent. */
  readonly beyondPyhanko?: string;
  make(): Promise<Uint8Array> | Uint8Array;
}
