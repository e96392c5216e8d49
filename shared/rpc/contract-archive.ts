/** The calls about the archive as a whole: what the office did, and that nobody has changed it since. */
import { z } from 'zod';
import { method } from './contract-method.ts';
import { officeKinds } from '../office-event.ts';
import { id, short } from './inputs.ts';
import type { OfficeLogView } from './views-access.ts';

export const archiveMethods = {
  /** Newest first. What stands in a job is not in it. */
  'archive.officeLog': method<OfficeLogView>()(
    ['admin', 'records'],
    z.strictObject({
      ...{ limit: z.int().min(1).max(200), cursor: short(40).optional() },
      kind: z.enum(officeKinds).optional(),
      /** `system` is the program itself. */
      person: z.union([id, z.literal('system')]).optional(),
    }),
  ),
} as const;
