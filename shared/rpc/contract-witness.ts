/** The calls about other offices that see where our log stands, as we see theirs. */
import { z } from 'zod';
import { admins, method } from './contract-method.ts';
import { instant, nothing, short, task } from './inputs.ts';
import type { WitnessReport, WitnessView } from '../witness.ts';

export const witnessMethods = {
  'archive.witnesses': method<WitnessView>()(['admin', 'records'], nothing),
  'settings.witness': method<null>()(
    admins,
    z.strictObject({
      folders: z.strictObject({ out: short(1000).min(1), in: short(1000).min(1) }).nullable(),
    }),
  ),
  /** What an exchange would wait for, and what the folder holds; nothing is written. */
  'settings.checkWitness': method<WitnessView & { readonly files: number }>()(admins, nothing),
  /** `at` is the alarm's: what is accepted is what was on the screen. */
  'settings.acceptWitness': method<null>()(
    admins,
    z.strictObject({ office: z.string().regex(/^\d{9}$/), at: instant }),
  ),
  /** One exchange now. */
  'archive.witness': method<WitnessReport>()(['admin', 'records'], z.strictObject({ task }), {
    long: true,
  }),
} as const;
