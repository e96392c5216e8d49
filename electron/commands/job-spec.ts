/**
 * The file that `skranke job create` takes: paths beside it, signers in order, fields by number.
 *
 *     { "title": "Leieavtale", "documents": [{ "file": "avtale.pdf", "title": "Avtale" }],
 *       "signers": [{ "name": "Kari Nordmann", "order": 0 }],
 *       "fields": [{ "document": 1, "signer": 1, "page": 4, "x": 60, "y": 560, "width": 200, "height": 60 }] }
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../../shared/result.ts';
import { emptySpec } from '../../shared/job/job.ts';
import { signerInput, specInput } from '../../shared/rpc/inputs.ts';
import type { DeskClient } from './desk-client.ts';

const count = z.int().min(1).max(1000);
const jobFile = z.strictObject({
  ...specInput.omit({ signers: true, fields: true }).partial().shape,
  documents: z
    .array(
      z.strictObject({
        file: z.string().min(1),
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
        name: z.string().min(1),
      }),
    )
    .min(1)
    .max(100),
  fields: z
    .array(
      z.strictObject({
        document: count,
        signer: count,
        page: z.int().min(1),
        x: z.number(),
        y: z.number(),
        width: z.number().positive(),
        height: z.number().positive(),
      }),
    )
    .max(1000),
});

export interface CreatedJob {
  readonly job: string;
  readonly version: number;
  readonly documents: number;
}

/** Makes the draft with its documents; a file that cannot be used leaves no draft behind that looks whole. */
export async function createFromSpec(desk: DeskClient, path: string): Promise<CreatedJob> {
  const wanted = readSpec(path);
  const { documents, signers, fields, ...spec } = wanted;
  const created = await desk.call('job.create', { spec: defined(spec) });
  const ids: string[] = [];
  for (const { file, password } of documents) {
    const upload = await desk.upload(resolve(dirname(path), file));
    const imported = await desk.call('document.import', {
      job: created.job,
      ...upload,
      ...(password === undefined ? {} : { password }),
    });
    ids.push(imported.document.id);
  }
  const people = signers.map((signer, index) => ({
    title: '',
    order: index > 9 ? 9 : index,
    kind: 'simple' as const,
    role: 'signer' as const,
    onBehalfOf: 'SELF' as const,
    language: 'nb' as const,
    ...defined(signer),
    name: signer.name,
    id: `signer-${index + 1}`,
  }));
  const places = fields.map((field, index) => ({
    id: `field-${String(index + 1).padStart(3, '0')}`,
    document: at(ids, field.document, 'document'),
    signer: at(people, field.signer, 'signer').id,
    placement: {
      page: field.page - 1,
      x: field.x,
      y: field.y,
      width: field.width,
      height: field.height,
    },
  }));
  const { job } = await desk.call('job.get', { job: created.job });
  const titles = Object.fromEntries(
    documents.flatMap(({ title }, index) => (title === undefined ? [] : [[ids[index], title]])),
  );
  const { version } = await desk.call('job.edit', {
    job: created.job,
    version: job.version,
    spec: { ...emptySpec, ...defined(spec), signers: people, fields: places },
    titles,
    order: ids,
  });
  return { job: created.job, version, documents: ids.length };
}

function readSpec(path: string): z.output<typeof jobFile> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Refusal('file.unreadable', 'The specification cannot be read.', { path });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal('file.not-json', 'The specification is not JSON.', { path });
  }
  const parsed = jobFile.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal('job.specification', 'The specification does not fit.', {
    issues: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  });
}

function at<T>(list: readonly T[], number: number, what: string): T {
  const item = list[number - 1];
  if (item === undefined)
    throw new Refusal('job.specification', `A field names a ${what} that is not there.`, {
      number,
    });
  return item;
}

/** Without the keys whose value is undefined: `exactOptionalPropertyTypes` knows the difference. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
