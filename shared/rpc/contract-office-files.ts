/** The calls about LibreOffice, by which office files become PDF. */
import { z } from 'zod';
import { admins, method, operators } from './contract-method.ts';
import { nothing, short, task } from './inputs.ts';
import type { OfficeCheck, OfficeFilesView } from './views-office-files.ts';

/** Whole path of the program; empty: where it usually is. */
const program = short(1000);

export const officeFileMethods = {
  'settings.officeFiles': method<OfficeFilesView>()(operators, nothing),
  'settings.putOfficeFiles': method<OfficeFilesView>()(admins, z.strictObject({ program })),
  /** As it is typed, before it is kept: converts a trial page. */
  'settings.checkOffice': method<OfficeCheck>()(admins, z.strictObject({ program, task }), {
    long: true,
  }),
} as const;
