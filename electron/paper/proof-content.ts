/** What the evidence for people says, in words, ready to be set. */
import type { Language } from '../../shared/job/job.ts';

export interface ProofSigner {
  readonly name: string;
  /** What they are in the document, and for whom. */
  readonly as: string;
  /** The kind of signature, and what that means. */
  readonly kind: string;
  readonly kindHelp: string;
  readonly signed: boolean;
  /** Label and lines. */
  readonly facts: readonly (readonly [string, readonly string[]])[];
  /** The words that were confirmed. */
  readonly quote: string | null;
}

export interface ProofContent {
  readonly language: Language;
  readonly label: string;
  readonly title: string;
  readonly organisation: string;
  readonly references: readonly string[];
  readonly tone: 'green' | 'brass' | 'red';
  readonly outcome: string;
  readonly outcomeLines: readonly string[];
  readonly documentsHeading: string;
  readonly documents: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly signersHeading: string;
  readonly signers: readonly ProofSigner[];
  readonly historyHeading: string;
  readonly history: readonly {
    readonly when: string;
    readonly what: string;
    readonly who: string;
  }[];
  readonly checkingHeading: string;
  readonly checking: readonly string[];
  readonly footer: string;
  /** With `{page}` and `{pages}`. */
  readonly page: string;
}
