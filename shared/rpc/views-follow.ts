/** Following up: the mail server, as an administrator sets it. */
import type { MailedCopy } from '../job/copies.ts';
import type { Language } from '../job/job.ts';

export interface MailView {
  readonly on: boolean;
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls';
  readonly user: string;
  readonly hasPassword: boolean;
  readonly from: string;
  /** PEM. */
  readonly authority: string | null;
  readonly texts: Readonly<
    Partial<Record<Language, { readonly subject: string; readonly body: string }>>
  >;
  /** Null: the program reminds nobody by itself. */
  readonly daysBefore: number | null;
  /** What signers who ask for a copy may be sent. */
  readonly copies: MailedCopy;
}

export interface MailCheck {
  /** Null where all is well. */
  readonly code: string | null;
  /** A trial went out. */
  readonly sent: boolean;
  readonly milliseconds: number;
}
