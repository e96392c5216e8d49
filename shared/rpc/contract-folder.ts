/** The calls about the watched folder, by which other systems hand in jobs. */
import { z } from 'zod';
import { admins, method, operators } from './contract-method.ts';
import { nothing, short } from './inputs.ts';
import type { FolderCheck, FolderView } from './views-folder.ts';

/** `user`: in whose name jobs are made; empty before somebody was chosen. */
const folders = { in: short(1000), out: short(1000), user: z.string().regex(/^[0-9a-z-]{0,40}$/) };

export const folderMethods = {
  'settings.folder': method<FolderView>()(operators, nothing),
  'settings.putFolder': method<FolderView>()(
    admins,
    z.strictObject({ on: z.boolean(), ...folders, open: z.boolean() }),
  ),
  /** As they are typed, before they are kept. */
  'settings.checkFolder': method<readonly FolderCheck[]>()(admins, z.strictObject(folders)),
} as const;
