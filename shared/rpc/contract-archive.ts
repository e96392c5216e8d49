/** The calls about the archive as a whole: what the office did, and that nobody has changed it since. */
import { z } from 'zod';
import { archivists, method, operators } from './contract-method.ts';
import { officeKinds } from '../office-event.ts';
import { id, nothing, short, task } from './inputs.ts';
import type { ArchiveReportView, ArchiveStatsView } from './views-archive.ts';
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
  'archive.verify': method<ArchiveReportView>()(
    [...archivists, 'admin'],
    z.strictObject({ task }),
    { long: true },
  ),
  'archive.stats': method<ArchiveStatsView>()(operators, nothing),
} as const;
