/** The calls about the seal's key and about certificates that run out. */
import { z } from 'zod';
import { method, operators } from './contract-method.ts';
import { hex256, short } from './inputs.ts';
import type { SealStateView } from './views.ts';

export const sealMethods = {
  /** Whether the office can sign, and which certificates have to be ordered anew. */
  'seal.state': method<SealStateView>()(operators, z.strictObject({})),
  /** Once for each start of the program where the operating system keeps no secrets for it. */
  'seal.unlock': method<null>()(
    ['admin', 'handler'],
    z.strictObject({ passphrase: short(200).min(1) }),
  ),
  /** Read and understood by this user; the next step is told anew. */
  'seal.dismiss': method<null>()(
    ['admin', 'handler'],
    z.strictObject({ certificate: hex256, step: z.literal([90, 30, 7]) }),
  ),
} as const;
