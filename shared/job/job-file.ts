/**
 * The file by which a job comes from outside: to `skranke job create`, and into the watched folder.
 * Files beside it, signers in order, fields by number (from 1).
 *
 *     { "title": "Leieavtale", "documents": [{ "file": "avtale.pdf", "title": "Avtale" }],
 *       "signers": [{ "name": "Kari Nordmann", "order": 0 }],
 *       "fields": [{ "document": 1, "signer": 1, "page": 4, "x": 60, "y": 560, "width": 200, "height": 60 }] }
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../result.ts';
import { signerInput, specInput } from '../rpc/inputs.ts';
import { fieldInFile, type PlacedField } from './job-file-fields.ts';
import { emptySpec, type FieldSpec, type JobSpec, type SignerSpec } from './job.ts';

const jobFile = z.strictObject({
  ...specInput.omit({ signers: true, fields: true }).partial().shape,
  documents: z
    .array(
      z.strictObject({
        file: z.string().min(1).max(1000),
        title: z.string().max(80).optional(),
        password: z.string().max(200).optional(),
      }),
    )
    .min(1)
    .max(20),
  signers: z
    .array(
      z.strictObject({
        ...signerInput.omit({ id: true }).partial().shape,
        name: z.string().min(1).max(200),
        nationalId: z
          .string()
          .regex(/^\d{11}$/)
          .optional(),
      }),
    )
    .min(1)
    .max(100),
  fields: z.array(fieldInFile).max(1000).default([]),
  /** Whether the documents carry marks like `{{sign:1}}`, and a field is wanted at each. */
  tags: z.boolean().optional(),
});

export type JobFile = z.output<typeof jobFile>;

/** Fails with `file.not-json`, `job.specification` (`detail.issues`: where and what, never the value). */
export function readJobFile(text: string): Result<JobFile> {
  let value: unknown;
  try {
    // A byte order mark is how some systems begin a text file.
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return fail('file.not-json', 'The specification is not JSON.');
  }
  const parsed = jobFile.safeParse(value);
  if (!parsed.success)
    return fail('job.specification', 'The specification does not fit.', {
      issues: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    });
  const { documents, signers, fields } = parsed.data;
  for (const { document, signer } of fields) {
    const absent =
      document > documents.length ? 'document' : signer > signers.length ? 'signer' : null;
    if (absent !== null)
      return fail('job.specification', `A field names a ${absent} that is not there.`, {
        number: absent === 'document' ? document : signer,
      });
  }
  return ok(parsed.data);
}

/** As calls take it. */
type Spec = Omit<JobSpec, 'signers' | 'fields'> & { signers: SignerSpec[]; fields: FieldSpec[] };

/** The specification without its parties, as a draft begins. */
export function draftOf({
  documents: _,
  signers: __,
  fields: ___,
  tags: ____,
  ...spec
}: JobFile): Spec {
  return { ...emptySpec, ...defined(spec), signers: [], fields: [] };
}

/**
 * The whole specification, by ids instead of numbers; `documents`: the ids in the file's order;
 * `placed`: as `placeFields` found their places.
 */
export function specOf(
  file: JobFile,
  documents: readonly string[],
  placed: readonly PlacedField[],
): Spec {
  const signers = file.signers.map((signer, index): SignerSpec => ({
    ...{ title: '', order: Math.min(index, 9), kind: 'simple', role: 'signer' },
    ...{ onBehalfOf: 'SELF', language: 'nb' },
    ...(defined(signer) as Partial<SignerSpec>),
    ...{ name: signer.name, id: `signer-${index + 1}` },
  }));
  const fields = placed.map(({ document, signer, ...field }, index): FieldSpec => ({
    ...field,
    id: `field-${String(index + 1).padStart(3, '0')}`,
    document: documents[document - 1] ?? '',
    signer: `signer-${signer}`,
  }));
  return { ...draftOf(file), signers, fields };
}

/** The titles that the file gives, by the documents' ids. */
export function titlesOf(
  { documents }: JobFile,
  ids: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    documents.flatMap(({ title }, index) =>
      title === undefined ? [] : [[ids[index] ?? '', title]],
    ),
  );
}

/** Without the keys whose value is undefined: `exactOptionalPropertyTypes` knows the difference. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
