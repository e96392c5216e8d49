/**
 * The calls about what the office demands at its counter: what proves who someone is, and what they
 * confirm, and how they get a copy.
 */
import { z } from 'zod';
import { copyWays } from '../job/copies.ts';
import { identityDocuments } from '../job/identity-document.ts';
import { admins, archivists, handlers, method, operators, signers } from './contract-method.ts';
import { id, language, nothing, task } from './inputs.ts';
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
  /** The signer, after signing: how they would like a copy. */
  'signing.askCopy': method<null>()(
    signers,
    z.discriminatedUnion('way', [
      z.strictObject({ way: z.enum(['paper', 'clerk']) }),
      /** The address is kept until the mail has left, and in no log. */
      z.strictObject({ way: z.literal('mail'), address: z.email().max(200) }),
    ]),
  ),
  /** The clerk has handed it over. */
  'job.copyGiven': method<{ version: number }>()(
    handlers,
    z.strictObject({ job: id, signer: id, way: z.enum(copyWays) }),
  ),
  /** A page for paper: what was signed, and the codes to find and compare it by. */
  'job.receipt': method<{ readonly name: string; readonly bytes: Uint8Array }>()(
    archivists,
    z.strictObject({ job: id, signer: id, task }),
    { long: true },
  ),
  /** The evidence of a job that has ended, for paper. */
  'job.proof': method<{ readonly name: string; readonly bytes: Uint8Array }>()(
    archivists,
    z.strictObject({ job: id, task }),
    { long: true },
  ),
} as const;
