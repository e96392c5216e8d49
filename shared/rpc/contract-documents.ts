/** The calls that arrange the pages of a draft's documents, before anybody signs. */
import { z } from 'zod';
import { handlers, method } from './contract-method.ts';
import { fieldInput, id, short, task } from './inputs.ts';
import type { JobDocument } from '../job/job.ts';

const arrangedPage = z.strictObject({
  document: id,
  page: z.int().min(0).max(4999),
  turn: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
});

export const documentMethods = {
  'document.merge': method<{ version: number; document: JobDocument }>()(
    handlers,
    z.strictObject({
      job: id,
      documents: z.array(id).min(2).max(20),
      title: short(80),
      /** Form fields become fixed text; without it `document.form` says that there are some. */
      flatten: z.boolean().default(false),
      task,
    }),
    { long: true },
  ),
  /**
   * The documents of the draft become these, in this order: each is the pages that it names. What is left
   * as it was stays the same document; the others are made anew, and fields go with their pages.
   */
  'document.arrange': method<{ version: number; documents: readonly JobDocument[] }>()(
    handlers,
    z.strictObject({
      job: id,
      version: z.int(),
      documents: z
        .array(z.strictObject({ title: short(80), pages: z.array(arrangedPage).min(1).max(5000) }))
        .min(1)
        .max(20),
      /** Form fields of the files become fixed, as they are filled in. */
      flatten: z.boolean().optional(),
      task,
    }),
    { long: true },
  ),
  /** Back to documents that the draft once had, in this order, with these fields. */
  'document.restore': method<{ version: number }>()(
    handlers,
    z.strictObject({
      job: id,
      version: z.int(),
      documents: z.array(z.strictObject({ document: id, title: short(80) })).max(20),
      fields: z.array(fieldInput).max(1000),
    }),
  ),
} as const;
