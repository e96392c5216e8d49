/** The calls about the remote signing service: its settings, its jobs, its signers at the kiosk. */
import { z } from 'zod';
import {
  admins,
  archivists,
  handlers,
  method,
  operators,
  readers,
  signers,
} from './contract-method.ts';
import { id, nothing, short } from './inputs.ts';
import type {
  PostenCheck,
  PostenSettingsView,
  PostenState,
  ServiceVisitView,
} from './views-posten.ts';

const reason = z.string().min(1).max(500);
const jobId = z.string().regex(/^\d{1,19}$/);

export const postenMethods = {
  'settings.posten': method<PostenSettingsView>()(operators, nothing),
  'settings.putPosten': method<PostenSettingsView>()(
    admins,
    z.strictObject({
      on: z.boolean(),
      environment: z.enum(['production', 'test', 'own']),
      root: z.union([z.literal(''), z.url({ protocol: /^https$/ }).max(300)]),
      sender: z.string().regex(/^(\d{9})?$/),
      /** Absent: as it was. */
      share: z
        .strictObject({ of: z.int().min(1).max(200), number: z.int().min(1).max(200) })
        .refine(({ of, number }) => number <= of)
        .optional(),
      /** The whole list anew: PEM text, or the fingerprint of one that is there already. */
      authorities: z.array(z.string().max(20_000)).max(50),
    }),
  ),
  'settings.postenKeyFile': method<PostenSettingsView>()(
    admins,
    z.strictObject({ bytes: z.instanceof(Uint8Array), passphrase: short(200) }),
  ),
  'settings.checkPosten': method<readonly PostenCheck[]>()(admins, nothing),
  /** After a restore or a copy: this archive goes on with its queue, or begins one of its own. */
  'settings.postenCopied': method<null>()(
    admins,
    z.strictObject({ goOn: z.enum(['same-queue', 'new-queue']) }),
  ),
  'posten.unlock': method<null>()(
    ['admin', 'handler'],
    z.strictObject({ passphrase: short(200).min(1) }),
  ),

  'posten.state': method<PostenState>()(operators, nothing),
  /** Hands the job to the service: a draft, or anew what got no answer and is not there. */
  'posten.send': method<{ version: number }>()(handlers, z.strictObject({ job: id })),
  'posten.withdraw': method<{ version: number }>()(handlers, z.strictObject({ job: id, reason })),
  /** Has the service delete what is stored here. */
  'posten.clear': method<{ version: number }>()(archivists, z.strictObject({ job: id })),
  /** A job at the counter with the same documents, for whom the service could not reach. */
  'posten.invite': method<{ job: string }>()(handlers, z.strictObject({ job: id })),
  /** Asks for news, where that is allowed now. */
  'posten.listen': method<null>()(readers, nothing),
  'posten.adopt': method<{ job: string }>()(archivists, z.strictObject({ jobId })),

  /** The screen goes to a signer of the direct flow. */
  'posten.handOver': method<null>()(handlers, z.strictObject({ job: id, signer: id })),
  /** A fresh link; `go` is where this page must go itself, where it must. */
  'posten.visit': method<{ readonly go: string | null }>()(signers, nothing),
  'posten.visitState': method<ServiceVisitView>()(signers, nothing),
  'posten.endVisit': method<null>()(signers, nothing),
} as const;
