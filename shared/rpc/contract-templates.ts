/** Templates, copies, and many jobs from a list. */
import { z } from 'zod';
import { handlers, method, readers } from './contract-method.ts';
import { id, nothing, short, task, upload } from './inputs.ts';
import type { BulkCheck, BulkResult } from './views-bulk.ts';
import type { TemplateView } from './views-templates.ts';

const list = {
  ...{ job: id, upload, task },
  columns: z.array(short(120)).max(500).optional(),
  encoding: z.enum(['utf-8', 'windows-1252', 'utf-16le', 'utf-16be']).optional(),
};

export const templateMethods = {
  /** A job of the same documents as they came; persons kept, or their roles alone. */
  'job.duplicate': method<{ job: string; version: number }>()(
    handlers,
    z.strictObject({ job: id, people: z.enum(['keep', 'clear']), task }),
    { long: true },
  ),
  'template.list': method<readonly TemplateView[]>()(readers, nothing),
  'template.create': method<{ job: string; version: number }>()(
    handlers,
    z.strictObject({ title: short(80) }),
  ),
  /** A template made of a job: its documents as they came, roles instead of persons. */
  'template.save': method<{ job: string; version: number }>()(
    handlers,
    z.strictObject({ job: id, task }),
    { long: true },
  ),
  /** A job made of a template: `job` is the template. */
  'template.use': method<{ job: string; version: number }>()(
    handlers,
    z.strictObject({ job: id, task }),
    { long: true },
  ),
  /** The dry run of a list: what each row would make, or what is wrong with it. `job` is the template. */
  'bulk.check': method<BulkCheck>()(handlers, z.strictObject(list), { long: true }),
  /** Makes and opens a job for each row that is good and was not made before. */
  'bulk.run': method<BulkResult>()(
    handlers,
    z.strictObject({ ...list, again: z.boolean().optional() }),
    { long: true },
  ),
} as const;
