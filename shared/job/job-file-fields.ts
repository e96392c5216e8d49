/** The fields of a job file: at a place in points, at words of the document, or at its own marks. */
import { z } from 'zod';
import { besideHit, sides } from '../anchor.ts';
import type { FieldTag, TextHit } from '../anchor.ts';
import type { Placement } from '../document.ts';
import { fail, ok, type Result } from '../result.ts';
import { fieldInput } from '../rpc/inputs.ts';
import { fieldSizes, kindOf } from './field.ts';
import type { FieldSpec } from './job.ts';

const count = z.int().min(1).max(1000);
const points = z.number().min(-20000).max(20000);
const length = z.number().min(1).max(20000);
const { kind, label, required, maxLength, value, fixed } = fieldInput.shape;

export const fieldInFile = z
  .strictObject({
    document: count,
    signer: count,
    ...{ kind, label, required, maxLength, value, fixed },
    page: z.int().min(1).max(5000).optional(),
    ...{ x: points.optional(), y: points.optional() },
    ...{ width: length.optional(), height: length.optional() },
    anchor: z
      .strictObject({
        text: z.string().min(1).max(200).regex(/\S/),
        /** From 1, in reading order; every hit where absent. */
        which: count.optional(),
        side: z.enum(sides).optional(),
        ...{ dx: points.optional(), dy: points.optional() },
      })
      .optional(),
  })
  .refine(
    ({ anchor, page, x, y, width, height }) =>
      anchor === undefined
        ? [page, x, y, width, height].every((one) => one !== undefined)
        : page === undefined && x === undefined && y === undefined,
    'A field stands at page, x, y, width and height, or at an anchor.',
  );

export type FieldInFile = z.output<typeof fieldInFile>;

/** A field with its place; documents and signers by number, from 1. */
export type PlacedField = Omit<FieldSpec, 'id' | 'document' | 'signer'> & {
  readonly document: number;
  readonly signer: number;
};

interface FileOfFields {
  readonly fields: readonly FieldInFile[];
  readonly tags?: boolean | undefined;
  readonly documents: readonly unknown[];
  readonly signers: readonly unknown[];
}

/** What is known of a document's words once somebody has looked; `document` from 1. */
export interface Words {
  hits(document: number, text: string): readonly TextHit[];
  tags(document: number): readonly FieldTag[];
  size(document: number, page: number): { readonly width: number; readonly height: number };
}

/** What has to be looked for, each once; null: the document's own marks. */
export function wantedWords(
  file: FileOfFields,
): readonly { readonly document: number; readonly text: string | null }[] {
  const wanted = new Map<string, { document: number; text: string | null }>();
  for (const { document, anchor } of file.fields)
    if (anchor !== undefined)
      wanted.set(`${document} ${anchor.text}`, { document, text: anchor.text });
  if (file.tags === true)
    for (let document = 1; document <= file.documents.length; document++)
      wanted.set(`${document}`, { document, text: null });
  return [...wanted.values()];
}

/** What a field is besides where it stands. */
function contentOf(
  field: FieldInFile,
): Omit<FieldSpec, 'id' | 'document' | 'signer' | 'placement'> {
  const { kind, label, required, maxLength, value, fixed } = field;
  return Object.fromEntries(
    Object.entries({ kind, label, required, maxLength, value, fixed }).filter(
      ([, item]) => item !== undefined,
    ),
  );
}

/**
 * Every field with its place. Fails with `anchor.not-found` ({document, field} by number, `hits` where
 * there are fewer than `which` asks for), `anchor.no-tags`, `anchor.no-signer` ({document, signer}).
 */
export function placeFields(file: FileOfFields, words: Words): Result<readonly PlacedField[]> {
  const placed: PlacedField[] = [];
  for (const [index, field] of file.fields.entries()) {
    const { document, signer, anchor, page = 1, x = 0, y = 0, width, height } = field;
    const content = contentOf(field);
    const size = fieldSizes[kindOf(content)];
    const box = { width: width ?? size.width, height: height ?? size.height };
    if (anchor === undefined) {
      placed.push({ document, signer, ...content, placement: { page: page - 1, x, y, ...box } });
      continue;
    }
    const all = words.hits(document, anchor.text);
    const hits = anchor.which === undefined ? all : all.slice(anchor.which - 1, anchor.which);
    if (hits.length === 0)
      return fail('anchor.not-found', 'The words of an anchor are not in the document.', {
        ...{ document, field: index + 1, hits: all.length },
      });
    for (const hit of hits) {
      const placement = besideHit(hit, box, defined(anchor), words.size(document, hit.page));
      placed.push({ document, signer, ...content, placement });
    }
  }
  return file.tags === true ? placeTags(file, words, placed) : ok(placed);
}

function defined({ side, dx, dy }: NonNullable<FieldInFile['anchor']>) {
  return {
    ...(side === undefined ? {} : { side }),
    ...(dx === undefined ? {} : { dx }),
    ...(dy === undefined ? {} : { dy }),
  };
}

function placeTags(
  file: FileOfFields,
  words: Words,
  placed: readonly PlacedField[],
): Result<readonly PlacedField[]> {
  const tagged: PlacedField[] = [];
  for (let document = 1; document <= file.documents.length; document++)
    for (const tag of words.tags(document)) {
      const { signer } = tag;
      if (signer > file.signers.length)
        return fail('anchor.no-signer', 'A mark in the document names a signer who is not there.', {
          ...{ document, signer },
        });
      const placement = atTag(tag, words.size(document, tag.page));
      tagged.push({ document, signer, ...contentOfTag(tag), placement });
    }
  if (tagged.length === 0) return fail('anchor.no-tags', 'The documents have no marks for fields.');
  return ok([...placed, ...tagged]);
}

/** What a mark asks for. */
export function contentOfTag({ kind, label }: Pick<FieldTag, 'kind' | 'label'>) {
  return {
    ...(kind === 'signature' ? {} : { kind }),
    ...(label === '' ? {} : { label }),
  };
}

/** Over the mark, standing where it stands. */
export function atTag(
  tag: Pick<FieldTag, 'kind' | 'page' | 'box'>,
  size: { readonly width: number; readonly height: number },
): Placement {
  return besideHit(tag, fieldSizes[tag.kind], { side: 'over' }, size);
}
