/** What a signer filled in, on the evidence for people: each field by its name, its kind and its place. */
import type { JobEvent } from '../../shared/job/event.ts';
import { kindOf, ticked } from '../../shared/job/field.ts';
import type { FieldSpec } from '../../shared/job/job.ts';
import type { ProofSigner } from '../paper/proof-content.ts';
import { say } from '../paper/words.ts';
import { maskNationalIds } from './national-id.ts';
import type { SignerContext } from './proof-signer.ts';

type Signed = Extract<JobEvent, { type: 'signed' }>;

export function filledFact(
  { filled = [] }: Signed,
  context: SignerContext,
): readonly ProofSigner['facts'][number][] {
  const lines = filled.flatMap(({ field, value }) => {
    const spec = context.job.spec.fields.find(({ id }) => id === field);
    return spec === undefined ? [] : [lineOf(spec, value, context)];
  });
  return lines.length === 0 ? [] : [[context.words.filled, lines]];
}

function lineOf(spec: FieldSpec, value: string, { job, words }: SignerContext): string {
  const kind = words.fields.kind[kindOf(spec)];
  const label = (spec.label ?? '').trim();
  const document = job.documents.find(({ id }) => id === spec.document);
  return say(job.documents.length > 1 ? words.fields.lineIn : words.fields.line, {
    ...{ field: label === '' ? initial(kind) : label, kind, page: spec.placement.page + 1 },
    document: document?.title ?? '',
    value: saidOf(spec, value, words.fields),
  });
}

function saidOf(spec: FieldSpec, value: string, words: SignerContext['words']['fields']): string {
  if (kindOf(spec) === 'check') return value === ticked ? words.ticked : words.unticked;
  // A national identity number stands in the document it was asked for in; an account number may be read.
  const said = maskNationalIds(value);
  return said.trim() === '' ? words.empty : said;
}

function initial(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
