/**
 * The sentence a signer confirms. It has a version, and its hash goes into the evidence, so that the
 * words somebody agreed to can be shown years later.
 */
import type { SignerSpec } from '../../shared/job/job.ts';
import en from '../../resources/confirmation/en.json' with { type: 'json' };
import nb from '../../resources/confirmation/nb.json' with { type: 'json' };
import nn from '../../resources/confirmation/nn.json' with { type: 'json' };
import { sha256Hex } from './desk.ts';

const texts = { nb, nn, en };

export interface Confirmation {
  readonly version: string;
  readonly sha256: string;
  readonly text: string;
}

export function confirmationFor(
  signer: Pick<SignerSpec, 'name' | 'language' | 'onBehalfOf' | 'forWhom'>,
): Confirmation {
  const source = texts[signer.language];
  const template = signer.onBehalfOf === 'OTHER' ? source.textFor : source.text;
  // Replacement functions: a name with `$&` in it is a name.
  const text = template
    .replace('{signer}', () => signer.name)
    .replace('{forWhom}', () => signer.forWhom ?? '');
  return { version: `${signer.language}-${source.version}`, sha256: sha256Hex(text), text };
}
