/** What a signer's receipt says: what was signed, when, and the codes by which it can be found and compared. */
import type { Language, SignatureKindWanted } from '../../shared/job/job.ts';
import en from '../../resources/receipt/en.json' with { type: 'json' };
import nb from '../../resources/receipt/nb.json' with { type: 'json' };
import nn from '../../resources/receipt/nn.json' with { type: 'json' };
import type { ProofContent } from './proof-content.ts';
import { say } from './words.ts';

const byLanguage: Readonly<Record<Language, typeof nb>> = { nb, nn, en };

export function receiptWords(language: Language): typeof nb {
  return byLanguage[language];
}

export interface Receipt {
  readonly language: Language;
  readonly title: string;
  readonly organisation: string;
  readonly reference: string;
  readonly signer: { readonly name: string; readonly as: string; readonly forWhom: string };
  readonly kind: SignatureKindWanted;
  /** As people write it. */
  readonly signedAt: string;
  readonly madeAt: string;
  readonly documents: readonly {
    readonly title: string;
    readonly code: string;
    readonly sha256: string;
  }[];
  readonly trial: boolean;
  readonly version: string;
}

export function receiptContent(receipt: Receipt): ProofContent {
  const words = byLanguage[receipt.language];
  const { organisation, signer, signedAt, version } = receipt;
  return {
    language: receipt.language,
    label: words.label,
    title: receipt.title,
    organisation: say(words.received, { organisation }),
    references:
      receipt.reference === '' ? [] : [say(words.reference, { reference: receipt.reference })],
    tone: receipt.trial ? 'brass' : 'green',
    outcome: say(words.outcome, { signer: signer.name }),
    outcomeLines: [
      say(words.signedAt, { when: signedAt }),
      ...(receipt.trial ? [words.trial] : []),
    ],
    documentsHeading: words.documents,
    documents: receipt.documents.map(({ title, code, sha256 }) => ({
      title,
      lines: [say(words.code, { code }), say(words.sha, { sha256 })],
    })),
    signersHeading: words.signer,
    signers: [
      {
        ...{ name: signer.name, as: signer.as, signed: true, quote: null },
        ...{ kind: words.kind[receipt.kind], kindHelp: words.kindHelp },
        facts: [
          [words.when, [signedAt]],
          ...(signer.forWhom === '' ? [] : [[words.for, [signer.forWhom]] as const]),
        ],
      },
    ],
    historyHeading: '',
    history: [],
    checkingHeading: words.checking,
    checking: words.checkingText.map((line) => say(line, { organisation })),
    footer: say(words.footer, { version, when: receipt.madeAt }),
    page: words.page,
  };
}
