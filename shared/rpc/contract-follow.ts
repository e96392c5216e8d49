/** The calls that follow a job up, and those about the office's mail server. */
import { z } from 'zod';
import { mailedCopies } from '../job/copies.ts';
import { admins, handlers, method, operators } from './contract-method.ts';
import { id, language, nothing, personName, short, signerInput, task } from './inputs.ts';
import type { MailCheck, MailView } from './views-follow.ts';

const server = z.strictObject({
  host: short(253),
  port: z.int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls']),
  user: short(200),
  /** Left out: the one that is kept stays, for the same server and user. */
  password: short(500).optional(),
  from: short(200),
  authority: short(20_000).nullable(),
});
const text = z.strictObject({
  subject: z.string().min(1).max(150),
  body: z.string().min(1).max(4000),
});

export const followMethods = {
  /** A draft that was thrown away is a draft again. */
  'job.restore': method<{ version: number }>()(handlers, z.strictObject({ job: id })),
  /** Another person in the place of one who has not signed. */
  'job.replaceSigner': method<{ version: number; signer: string }>()(
    handlers,
    z.strictObject({
      ...{ job: id, signer: id, language },
      name: personName,
      title: short(80),
      nationalId: signerInput.shape.nationalId,
      birthDate: signerInput.shape.birthDate,
      email: short(100).optional(),
      reason: z.string().min(1).max(500).regex(/\S/),
    }),
  ),
  /** By mail; it leaves when the server takes it. */
  'job.remind': method<{ version: number }>()(handlers, z.strictObject({ job: id, signer: id })),
  'job.reminderLetter': method<{ readonly name: string; readonly bytes: Uint8Array }>()(
    handlers,
    z.strictObject({ job: id, signer: id, task }),
    { long: true },
  ),
  'settings.mail': method<MailView>()(operators, nothing),
  'settings.putMail': method<MailView>()(
    admins,
    z.strictObject({
      ...{ on: z.boolean(), server },
      texts: z.strictObject({ nb: text.optional(), nn: text.optional(), en: text.optional() }),
      daysBefore: z.int().min(1).max(30).nullable(),
      /** Absent: as it was. */
      copies: z.enum(mailedCopies).optional(),
    }),
  ),
  /** As it is typed, before it is kept; a trial goes to whoever asks for one. */
  'settings.checkMail': method<MailCheck>()(
    admins,
    z.strictObject({ server, trialTo: z.email().max(200).optional() }),
  ),
} as const;
