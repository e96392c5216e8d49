/** The calls about who sees what, and who may begin by themselves. */
import { z } from 'zod';
import { admins, archivists, handlers, method, operators, visitors } from './contract-method.ts';
import { id, identityCheckInput, nothing, personName, secondClerkInput, unitId } from './inputs.ts';
import type { SessionView } from './views.ts';
import type { LookView, PeopleView, PickUpView } from './views-access.ts';

export const accessMethods = {
  /** Colleagues and units, to choose among. */
  'office.people': method<PeopleView>()(operators, nothing),
  /** Who sees a job: its unit, or only the people named. */
  'job.audience': method<{ version: number }>()(
    archivists,
    z.strictObject({ job: id, unit: unitId, only: z.array(id).max(200).nullable() }),
  ),
  /** Who has looked at a job that is not their own. */
  'job.looks': method<readonly LookView[]>()(['records'], z.strictObject({ job: id })),
  /** A code with which this signer can begin alone at a resting kiosk; shown once. */
  'pickup.make': method<PickUpView>()(
    handlers,
    z.strictObject({
      ...{ job: id, signer: id, identityCheck: identityCheckInput },
      second: secondClerkInput.optional(),
      minutes: z.int().min(5).max(1440),
    }),
  ),
  'pickup.withdraw': method<null>()(handlers, z.strictObject({ job: id, signer: id })),
  /** Only at a kiosk that rests after a clerk, and only where the office allows it. */
  'session.pickUp': method<SessionView>()(
    visitors,
    z.strictObject({ code: z.string().regex(/^\d{8}$/) }),
  ),
  /** The whole list anew. The first unit is every office's and stays. */
  'settings.units': method<null>()(
    admins,
    z.strictObject({
      units: z
        .array(z.strictObject({ id: unitId.optional(), name: personName.max(80) }))
        .min(1)
        .max(100),
    }),
  ),
  /** How the office receives its signers. */
  'settings.counter': method<null>()(
    admins,
    z.strictObject({ twoClerks: z.boolean(), pickUpCodes: z.boolean() }),
  ),
} as const;
