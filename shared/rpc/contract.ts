/**
 * Every call there is: who may make it, what it takes, what it answers. Handlers and the renderer's
 * client are typed from this table; a new method does not compile until it is handled.
 */
import { z } from 'zod';
import {
  id,
  task,
  upload,
  instant,
  nothing,
  short,
  passphrase,
  pin,
  language,
  hex256,
  specInput,
  identityCheckInput,
  shown,
  markInput,
} from './inputs.ts';
import type { ArchiveReportView, ArchiveStatsView, JobPageView } from './views.ts';
import type {
  BackupReceipt,
  ChecklistItem,
  ExportReceipt,
  JobView,
  RehearsalReceipt,
  SealView,
  SessionView,
  SettingsView,
  SigningView,
  TimestampCheck,
  UserView,
} from './views.ts';
import type { JobDocument } from '../job/job.ts';
import type { VerificationReport } from '../report.ts';

/** `visitor` has not signed in; `signer` holds the kiosk; the rest are DOMAIN.md's roles. */
export const roles = ['visitor', 'signer', 'handler', 'records', 'admin', 'reader'] as const;
export type Role = (typeof roles)[number];

const everyone = roles;
const operators = ['handler', 'records', 'admin', 'reader'] as const;
/** An administrator is blind to content: it is not in these lists unless it holds another role too. */
const readers = ['handler', 'records', 'reader'] as const;
const handlers = ['handler'] as const;
const archivists = ['handler', 'records'] as const;
const admins = ['admin'] as const;
const signers = ['signer'] as const;
const visitors = ['visitor'] as const;

declare const output: unique symbol;
export interface Method<Input extends z.ZodType, Output> {
  readonly roles: readonly Role[];
  readonly input: Input;
  /** Runs in the worker, reports `task.progress`, can be cancelled. */
  readonly long: boolean;
  readonly [output]?: Output;
}
function method<Output>() {
  return <Input extends z.ZodType>(
    allowed: readonly Role[],
    input: Input,
    options: { readonly long?: boolean } = {},
  ): Method<Input, Output> => ({ roles: allowed, input, long: options.long === true });
}

export const contract = {
  'session.state': method<SessionView>()(everyone, nothing),
  'session.setUp': method<{ recoveryCode: string }>()(
    visitors,
    z.strictObject({
      organisation: z.string().min(1).max(200),
      organisationNumber: z.string().regex(/^\d{9}$/),
      sector: z.enum(['public', 'private']),
      name: z.string().min(1).max(200),
      passphrase: z.string().min(8).max(200),
      pin,
      trialSeal: z.boolean(),
      language,
    }),
  ),
  'session.signIn': method<SessionView>()(
    visitors,
    z.strictObject({ user: short(80), passphrase }),
  ),
  /** The clerk comes back to a machine that a signer has left: `resumeUser`'s PIN is enough. */
  'session.resume': method<SessionView>()(visitors, z.strictObject({ pin })),
  'session.signOut': method<null>()(operators, nothing),
  'session.handOver': method<null>()(
    handlers,
    z.strictObject({ job: id, signer: id, identityCheck: identityCheckInput }),
  ),
  /** The clerk takes the machine back from a signer; the PIN of the clerk who handed over. */
  'session.takeBack': method<SessionView>()(signers, z.strictObject({ pin })),
  /** The signer is done, stops, is not the one called, or went away: the kiosk is wiped. */
  'session.leave': method<null>()(
    signers,
    z.strictObject({ reason: z.enum(['done', 'idle', 'not-me', 'stopped']) }),
  ),

  'document.import': method<{ job: string; version: number; document: JobDocument }>()(
    handlers,
    z.strictObject({
      job: id,
      upload,
      name: z.string().min(1).max(255),
      password: short(200).optional(),
      repair: z.boolean().optional(),
      task,
    }),
    { long: true },
  ),
  'document.merge': method<{ version: number; document: JobDocument }>()(
    handlers,
    z.strictObject({ job: id, documents: z.array(id).min(2).max(20), title: short(80), task }),
    { long: true },
  ),
  'document.remove': method<{ version: number }>()(
    handlers,
    z.strictObject({ job: id, document: id }),
  ),

  'job.create': method<{ job: string; version: number }>()(
    handlers,
    z.strictObject({ spec: specInput.partial() }),
  ),
  'job.edit': method<{ version: number }>()(
    handlers,
    z.strictObject({
      job: id,
      version: z.int(),
      spec: specInput,
      titles: z.record(id, short(80)),
      order: z.array(id).max(20),
    }),
  ),
  'job.open': method<{ version: number }>()(handlers, z.strictObject({ job: id, task }), {
    long: true,
  }),
  'job.get': method<JobView>()(readers, z.strictObject({ job: id })),
  'job.list': method<JobPageView>()(
    readers,
    z.strictObject({
      tab: z.enum(['draft', 'waiting', 'stopped', 'signed', 'renewal']).optional(),
      search: short(200).optional(),
      limit: z.int().min(1).max(200),
      cursor: short(400).optional(),
    }),
  ),
  'job.cancel': method<{ version: number }>()(
    handlers,
    z.strictObject({ job: id, reason: short(500) }),
  ),
  'job.extend': method<{ version: number }>()(
    handlers,
    z.strictObject({ job: id, deadline: instant }),
  ),
  'job.attest': method<{ version: number }>()(handlers, z.strictObject({ job: id, signer: id })),

  'signing.view': method<SigningView>()(signers, nothing),
  'signing.confirm': method<null>()(
    signers,
    z.strictObject({
      shown,
      textSha256: hex256,
      pagesShown: z.record(z.string().max(60), z.int().min(0)),
      override: short(200).optional(),
    }),
  ),
  'signing.sign': method<{ signedAt: string }>()(
    signers,
    z.strictObject({ shown, mark: markInput, task }),
    { long: true },
  ),
  'signing.decline': method<null>()(signers, z.strictObject({ reason: short(500) })),

  'sealing.seal': method<{ version: number; deferred: string | null }>()(
    archivists,
    z.strictObject({ job: id, task }),
    { long: true },
  ),

  'export.save': method<ExportReceipt>()(
    [...archivists, 'reader'],
    z.strictObject({
      jobs: z.array(id).min(1).max(1000).optional(),
      folder: short(1000).optional(),
      task,
    }),
    { long: true },
  ),
  'export.takenOver': method<null>()(
    archivists,
    z.strictObject({ receipt: short(80), reference: short(80) }),
  ),

  /** `upload` is a file dropped on the window; else a document of the archive. */
  'verify.document': method<VerificationReport>()(
    readers,
    z.union([
      z.strictObject({
        upload,
        name: z.string().min(1).max(255),
        password: short(200).optional(),
        task,
      }),
      z.strictObject({ document: id, revision: z.int().min(0).optional(), task }),
    ]),
    { long: true },
  ),

  'settings.get': method<SettingsView>()(operators, nothing),
  'settings.checklist': method<readonly ChecklistItem[]>()(operators, nothing),
  'settings.organisation': method<null>()(
    admins,
    z.strictObject({
      organisation: z.string().min(1).max(200),
      organisationNumber: z.string().regex(/^\d{9}$/),
      sector: z.enum(['public', 'private']),
    }),
  ),
  'settings.sealFromKeyFile': method<SealView>()(
    admins,
    z.strictObject({ bytes: z.instanceof(Uint8Array), passphrase: short(200) }),
  ),
  'settings.trialSeal': method<SealView>()(admins, nothing),
  'settings.timestamps': method<null>()(
    admins,
    z.strictObject({
      authorities: z
        .array(
          z.strictObject({
            url: z.url({ protocol: /^https?$/ }),
            user: short(200).optional(),
            password: short(200).optional(),
          }),
        )
        .max(5),
    }),
  ),
  'settings.checkTimestamps': method<readonly TimestampCheck[]>()(admins, nothing),
  'settings.trust': method<null>()(
    admins,
    z.strictObject({ anchors: z.array(z.string().max(20000)).max(200) }),
  ),
  'settings.export': method<null>()(admins, z.strictObject({ folder: short(1000) })),
  'settings.kiosk': method<null>()(
    admins,
    z.strictObject({ idleSeconds: z.int().min(30).max(3600) }),
  ),
  'settings.backup': method<null>()(
    admins,
    z.strictObject({ folder: short(1000).nullable(), everyHours: z.int().min(1).max(720) }),
  ),
  'settings.backupNow': method<BackupReceipt>()(
    admins,
    z.strictObject({ folder: short(1000).optional(), task }),
    { long: true },
  ),
  /** Øvelse: restores the newest backup beside the archive with the code typed in, proves it, removes it. */
  'settings.rehearse': method<RehearsalReceipt>()(
    admins,
    z.strictObject({ recoveryCode: short(100), task }),
    { long: true },
  ),
  'settings.newRecoveryCode': method<{ recoveryCode: string }>()(
    admins,
    z.strictObject({ passphrase }),
  ),
  'settings.users': method<readonly UserView[]>()(admins, nothing),
  'settings.addUser': method<UserView>()(
    admins,
    z.strictObject({
      name: z.string().min(1).max(200),
      roles: z.array(z.enum(['admin', 'handler', 'records', 'reader'])).min(1),
      passphrase: z.string().min(8).max(200),
      pin,
    }),
  ),

  'archive.verify': method<ArchiveReportView>()(
    [...archivists, 'admin'],
    z.strictObject({ task }),
    { long: true },
  ),
  'archive.stats': method<ArchiveStatsView>()(operators, nothing),

  'task.cancel': method<null>()(everyone, z.strictObject({ task: id })),
} as const;

export type Contract = typeof contract;
export type MethodName = keyof Contract;
export type InputOf<M extends MethodName> = z.input<Contract[M]['input']>;
export type ParsedOf<M extends MethodName> = z.output<Contract[M]['input']>;
export type OutputOf<M extends MethodName> =
  Contract[M] extends Method<z.ZodType, infer Output> ? Output : never;
