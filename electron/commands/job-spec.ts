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
import { Refusal, unwrap } from '../../shared/result.ts';
import { emptySpec } from '../../shared/job/job.ts';
import { signerInput, specInput } from '../../shared/rpc/inputs.ts';
import { openFileSource } from '../adapters/file-source.ts';
import { openPdf } from '../core/pdf/open.ts';
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

type Spec = z.output<typeof jobFile>;

export interface CreatedJob {
  readonly job: string;
  readonly version: number;
  readonly documents: number;
}

/**
 * Makes the draft with its documents. What can be known to be wrong is refused before anything is made;
 * a draft that meets a refusal on the way is withdrawn, and says why.
 */
export async function createFromSpec(desk: DeskClient, path: string): Promise<CreatedJob> {
  const { documents, signers, fields, ...spec } = readSpec(path);
  for (const { document, signer } of fields) {
    at(documents, document, 'document');
    at(signers, signer, 'signer');
  }
  const files = documents.map(({ file }) => resolve(dirname(path), file));
  files.forEach((file, index) => refuseUnreadable(file, documents[index]?.password));
  const { job } = await desk.call('job.create', { spec: defined(spec) });
  try {
    const ids: string[] = [];
    for (const [index, file] of files.entries()) {
      const upload = await desk.upload(file);
      const password = documents[index]?.password;
      const imported = await desk.call('document.import', {
        job,
        ...upload,
        ...(password === undefined ? {} : { password }),
      });
      ids.push(imported.document.id);
    }
    const { version } = await desk.call('job.edit', {
      job,
      version: (await desk.call('job.get', { job })).job.version,
      spec: { ...emptySpec, ...defined(spec), ...partiesOf(signers, fields, ids) },
      titles: Object.fromEntries(
        documents.flatMap(({ title }, index) => (title === undefined ? [] : [[ids[index], title]])),
      ),
      order: ids,
    });
    return { job, version, documents: ids.length };
  } catch (error) {
    const reason = 'The specification could not be followed';
    // Whatever comes of that: the answer is why it could not be followed.
    await desk.call('job.cancel', { job, reason }).catch(() => undefined);
    throw error;
  }
}

/** The refusals of a PDF that nobody could sign; what else may come in, its import judges. */
function refuseUnreadable(path: string, password: string | undefined): void {
  const source = unwrap(openFileSource(path));
  try {
    const head = new TextDecoder('latin1').decode(source.read(0, Math.min(8, source.length)));
    if (/^(?:\x89PNG|\xff\xd8\xff)/.test(head)) return;
    unwrap(openPdf(source, { repair: 'strict', ...(password === undefined ? {} : { password }) }));
  } finally {
    source.close();
  }
}

/** Signers and fields as the contract has them: by ids instead of numbers. */
function partiesOf(signers: Spec['signers'], fields: Spec['fields'], documents: readonly string[]) {
  const people = signers.map((signer, index) => ({
    title: '',
    order: Math.min(index, 9),
    kind: 'simple' as const,
    role: 'signer' as const,
    onBehalfOf: 'SELF' as const,
    language: 'nb' as const,
    ...defined(signer),
    name: signer.name,
    id: `signer-${index + 1}`,
  }));
  const places = fields.map(({ document, signer, page, x, y, width, height }, index) => ({
    id: `field-${String(index + 1).padStart(3, '0')}`,
    document: at(documents, document, 'document'),
    signer: at(people, signer, 'signer').id,
    placement: { page: page - 1, x, y, width, height },
  }));
  return { signers: people, fields: places };
}

function readSpec(path: string): Spec {
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
