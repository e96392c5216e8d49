/** What the office demands at its counter, as the windows see it. */
import type { IdentityDocument } from '../job/identity-document.ts';
import type { Language } from '../job/job.ts';

export interface IdentityRules {
  /** What is taken as proof when it is shown; none: only people who are known, and logins. */
  readonly documents: readonly IdentityDocument[];
  /** Whether a clerk may vouch for somebody they know. */
  readonly known: boolean;
}

/** `{signer}` and, in `textFor`, `{forWhom}` stand for names. */
export interface ConfirmationWords {
  readonly text: string;
  /** For who signs on behalf of somebody else. */
  readonly textFor: string;
}

export interface ConfirmationView {
  readonly language: Language;
  /** The program's words. */
  readonly builtIn: ConfirmationWords;
  /** The office's, where they are in force. */
  readonly own: (ConfirmationWords & { readonly version: string; readonly at: string }) | null;
}
