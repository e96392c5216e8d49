/** The calls about what the office demands at its counter: what proves who someone is, and what they confirm. */
import { z } from 'zod';
import { identityDocuments } from '../job/identity-document.ts';
import { admins, method, operators } from './contract-method.ts';
import { language, nothing } from './inputs.ts';
import type { ConfirmationView, IdentityRules } from './views-counter.ts';

const sentence = z.string().trim().min(1).max(1000);

export const counterMethods = {
  /** What counts as proof of who somebody is here. */
  'settings.identityRules': method<IdentityRules>()(operators, nothing),
  'settings.putIdentityRules': method<IdentityRules>()(
    admins,
    z.strictObject({
      documents: z.array(z.enum(identityDocuments)).max(identityDocuments.length),
      known: z.boolean(),
    }),
  ),
  /** The sentences a signer confirms, in each language. */
  'settings.confirmations': method<readonly ConfirmationView[]>()(operators, nothing),
  /** The office's own words from now on; null: the program's again. */
  'settings.putConfirmation': method<readonly ConfirmationView[]>()(
    admins,
    z.strictObject({
      language,
      own: z.strictObject({ text: sentence, textFor: sentence }).nullable(),
    }),
  ),
} as const;
