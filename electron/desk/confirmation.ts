/**
 * The sentence a signer confirms. It has a version, and its hash goes into the evidence, so that the
 * words somebody agreed to can be shown years later.
 */
import type { Language, SignerSpec } from '../../shared/job/job.ts';
import type { ConfirmationWords } from '../../shared/rpc/views-counter.ts';
import en from '../../resources/confirmation/en.json' with { type: 'json' };
import nb from '../../resources/confirmation/nb.json' with { type: 'json' };
import nn from '../../resources/confirmation/nn.json' with { type: 'json' };
import { sha256Hex } from './desk.ts';

/** Every version there has been, the one in force last: what was confirmed once can always be shown. */
const versions = { nb: [nb], nn: [nn], en: [en] };

type Reader = Pick<SignerSpec, 'name' | 'language' | 'onBehalfOf' | 'forWhom'>;

export interface Confirmation {
  readonly language: string;
  readonly version: string;
  readonly sha256: string;
  readonly text: string;
}

/** The program's own words in force. */
export function builtInConfirmation(language: Language): typeof nb {
  const source = versions[language].at(-1);
  if (source === undefined) throw new Error('a language without a confirmation');
  return source;
}

/** `own`: the office's words in the signer's language, where they are in force (office-confirmation.ts). */
export function confirmationFor(
  signer: Reader,
  own: (ConfirmationWords & { readonly version: string }) | null = null,
): Confirmation {
  return filled(own ?? builtInConfirmation(signer.language), signer);
}

/** The words of an earlier version, for logs that kept only their hash; null for one we do not have. */
export function confirmationOf(version: string, signer: Reader): Confirmation | null {
  const known = versions[signer.language].map((source) => filled(source, signer));
  return known.find((one) => one.version === version) ?? null;
}

function filled(
  source: ConfirmationWords & { readonly version: string },
  signer: Reader,
): Confirmation {
  const { language } = signer;
  const text = withNames(source, signer);
  return { language, version: `${language}-${source.version}`, sha256: sha256Hex(text), text };
}

export function withNames(
  source: ConfirmationWords,
  signer: Pick<Reader, 'name' | 'onBehalfOf' | 'forWhom'>,
): string {
  const template = signer.onBehalfOf === 'OTHER' ? source.textFor : source.text;
  // In one go and by a function: a name with `$&` or `{forWhom}` in it is a name.
  return template.replace(/\{(signer|forWhom)\}/g, (_, who) =>
    who === 'signer' ? signer.name : (signer.forWhom ?? ''),
  );
}
