/** The address book as the windows see it: national identity numbers masked. */
import type { RowIssue } from '../bulk/row.ts';
import type { Language, SignatureKindWanted, SignerRole } from '../job/job.ts';

export interface PersonView {
  readonly id: string;
  readonly name: string;
  /** What they usually are in a document; may be empty. */
  readonly title: string;
  /** Masked; null where it is not kept. */
  readonly nationalId: string | null;
  readonly birthDate: string | null;
  readonly email: string;
  readonly mobile: string;
  readonly language: Language;
  readonly kind: SignatureKindWanted;
}

export interface GroupView {
  readonly id: string;
  readonly name: string;
  /** In the order in which they sign; equal numbers at the same time. */
  readonly members: readonly {
    readonly person: string;
    readonly title: string;
    readonly role: SignerRole;
    readonly order: number;
  }[];
}

export interface BookView {
  readonly people: readonly PersonView[];
  readonly groups: readonly GroupView[];
  /** How many people there are in all. */
  readonly total: number;
}

export interface BookImport {
  readonly added: number;
  /** By name and birth date, number or e-mail address they are there already. */
  readonly known: number;
  readonly faulty: readonly { readonly row: number; readonly issues: readonly RowIssue[] }[];
}
