/** The calls about trusted lists and known issuers. */
import { z } from 'zod';
import { admins, method } from './contract-method.ts';
import { hex256, nothing, upload } from './inputs.ts';
import type { TrustedListCheck, TrustedListView } from './views-trust.ts';

export const trustMethods = {
  /** ETSI TS 119 612, versions 5 and 6, as a file that was uploaded. */
  'settings.addTrustedList': method<TrustedListView>()(admins, z.strictObject({ upload })),
  'settings.removeTrustedList': method<null>()(admins, z.strictObject({ sha256: hex256 })),
  'settings.checkTrustedLists': method<readonly TrustedListCheck[]>()(admins, nothing),
  /** The roots of Norwegian issuers as a set: nobody is trusted for being in it. */
  'settings.norwegianIssuers': method<null>()(admins, z.strictObject({ on: z.boolean() })),
} as const;
