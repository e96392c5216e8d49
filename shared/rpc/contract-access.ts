/** The calls about who sees what, and who may begin by themselves. */
import { z } from 'zod';
import {
  admins,
  archivists,
  handlers,
  method,
  operators,
  passersBy,
  signers,
} from './contract-method.ts';
import {
  id,
  identityCheckInput,
  language,
  nothing,
  personName,
  secondClerkInput,
  unitId,
} from './inputs.ts';
import type { RestLoginView } from './views-eid.ts';
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
    passersBy,
    z.strictObject({ code: z.string().regex(/^\d{8}$/) }),
  ),
  /**
   * Sends whoever stands at a resting kiosk to a provider, to begin by themselves; `go` as in
   * `signing.beginLogin`. `level`: asked for anew where what waits demands more than was shown.
   */
  'session.beginLogin': method<{ readonly go: string | null }>()(
    passersBy,
    z.strictObject({
      provider: id.optional(),
      level: z.union([z.literal(3), z.literal(4)]).optional(),
      language,
    }),
  ),
  'session.login': method<RestLoginView>()(passersBy, nothing),
  /** What came of a login is forgotten, or the login given up. */
  'session.cancelLogin': method<null>()(passersBy, nothing),
  /** Whoever logged in to begin goes on to the next that waits for them. */
  'session.nextJob': method<SessionView>()(signers, nothing),
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
    z.strictObject({ twoClerks: z.boolean(), pickUpCodes: z.boolean(), loginAlone: z.boolean() }),
  ),
} as const;
