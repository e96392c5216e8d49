/**
 * The sentence a signer confirms. It has a version, and its hash goes into the evidence, so that the
 * words somebody agreed to can be shown years later.
 */
import type { SignerSpec } from '../../shared/job/job.ts';
import en from '../../resources/confirmation/en.json' with { type: 'json' };
import nb from '../../resources/confirmation/nb.json' with { type: 'json' };
import nn from '../../resources/confirmation/nn.json' with { type: 'json' };
import { sha256Hex } from './desk.ts';

/** Every version there has been, the one in force last: what was confirmed once can always be shown. */
const versions = { nb: [nb], nn: [nn], en: [en] };

type Reader = Pick<SignerSpec, 'name' | 'language' | 'onBehalfOf' | 'forWhom'>;

export interface Confirmation {
  readonly version: string;
  readonly sha256: string;
  readonly text: string;
}

export function confirmationFor(signer: Reader): Confirmation {
  const source = versions[signer.language].at(-1);
  if (source === undefined) throw new Error('a language without a confirmation');
  return filled(source, signer);
}

/** The words of an earlier version, for logs that kept only their hash; null for one we do not have. */
export function confirmationOf(version: string, signer: Reader): Confirmation | null {
  const known = versions[signer.language].map((source) => filled(source, signer));
  return known.find((one) => one.version === version) ?? null;
}

function filled(source: typeof nb, signer: Reader): Confirmation {
  const template = signer.onBehalfOf === 'OTHER' ? source.textFor : source.text;
  // Replacement functions: a name with `$&` in it is a name.
  const text = template
    .replace('{signer}', () => signer.name)
    .replace('{forWhom}', () => signer.forWhom ?? '');
  return { version: `${signer.language}-${source.version}`, sha256: sha256Hex(text), text };
}
