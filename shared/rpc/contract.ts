/**
 * Every call there is: who may make it, what it takes, what it answers. Handlers and the renderer's
 * client are typed from this table; a new method does not compile until it is handled.
 */
import { z } from 'zod';
import { archiveMethods } from './contract-archive.ts';
import {
  archivists,
  everyone,
  handlers,
  method,
  operators,
  readers,
  signers,
  visitors,
  type Method,
} from './contract-method.ts';
import { accessMethods } from './contract-access.ts';
import { counterMethods } from './contract-counter.ts';
import { eidMethods } from './contract-eid.ts';
import { clerkKeyInput, ownKeyInput, proofMethods } from './contract-proof.ts';
import { documentMethods } from './contract-documents.ts';
import { fieldMethods } from './contract-fields.ts';
import { followMethods } from './contract-follow.ts';
import { folderMethods } from './contract-folder.ts';
import { officeFileMethods } from './contract-office-files.ts';
import { postenMethods } from './contract-posten.ts';
import { screenMethods } from './contract-screen.ts';
import { sealMethods } from './contract-seal.ts';
import { peopleMethods } from './contract-people.ts';
import { templateMethods } from './contract-templates.ts';
import { trustMethods } from './contract-trust.ts';
import { settingsMethods } from './contract-settings.ts';
import {
  id,
  task,
  upload,
  instant,
  unitId,
  nothing,
  short,
  passphrase,
  newPassphrase,
  personName,
  pin,
  language,
  hex256,
  archivedDocument,
  droppedFile,
  specInput,
  identityCheckInput,
  secondClerkInput,
  shown,
  filledInput,
  initialsInput,
  markInput,
} from './inputs.ts';
import { witnessMethods } from './contract-witness.ts';
import type { JobPageView } from './views.ts';
import type { ExportReceipt, JobView, SessionView, SigningView } from './views.ts';
import type { JobDocument } from '../job/job.ts';
import type { VerificationReport } from '../report.ts';

export const contract = {
  'session.state': method<SessionView>()(everyone, nothing),
  'session.setUp': method<{ recoveryCode: string }>()(
    visitors,
    z.strictObject({
      organisation: z.string().min(1).max(200),
      organisationNumber: z.string().regex(/^\d{9}$/),
      sector: z.enum(['public', 'private']),
      name: personName,
      passphrase: newPassphrase,
      pin,
      trialSeal: z.boolean(),
      language,
    }),
  ),
  'session.signIn': method<SessionView>()(
    visitors,
    z.strictObject({ user: short(200), passphrase }),
  ),
  /**
   * The clerk comes back to a machine that a signer has left, or that has locked itself:
   * `resumeUser`'s PIN is enough.
   */
  'session.resume': method<SessionView>()(visitors, z.strictObject({ pin })),
  /** The passphrase is forgotten: the printed code opens the archive, and the user gets a new way in. */
  'session.recover': method<SessionView>()(
    visitors,
    z.strictObject({ recoveryCode: short(100), user: short(200), passphrase: newPassphrase, pin }),
  ),
  'session.signOut': method<null>()(operators, nothing),
  /** Somebody is at the keyboard: a desk where nobody is locks itself. */
  'session.touch': method<null>()(operators, nothing),
  'session.lock': method<null>()(operators, nothing),
  'session.changePassphrase': method<null>()(
    operators,
    z.strictObject({ current: passphrase, next: newPassphrase }),
  ),
  'session.changePin': method<null>()(operators, z.strictObject({ passphrase, pin })),
  'session.handOver': method<null>()(
    handlers,
    z.strictObject({
      ...{ job: id, signer: id, identityCheck: identityCheckInput },
      second: secondClerkInput.optional(),
      /** Of an advanced signer: what the clerk compared with the person before. */
      certificate: hex256.optional(),
      /** Another screen than this one; the clerk then stays at the desk. */
      screen: id.optional(),
    }),
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
  'document.remove': method<{ version: number }>()(
    handlers,
    z.strictObject({ job: id, document: id }),
  ),

  ...documentMethods,

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
      filter: z
        .strictObject({
          mine: z.boolean().optional(),
          unit: unitId.optional(),
          signer: short(200).optional(),
          dueSoon: z.boolean().optional(),
        })
        .optional(),
      limit: z.int().min(1).max(200),
      /** Rows from the top of a whole list: where somebody has scrolled to. */
      offset: z.int().min(0).max(100_000_000).optional(),
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
  /** With the seal, or with a key of the clerk's own that is used for this one act. */
  'job.attest': method<{ version: number }>()(
    handlers,
    z.strictObject({
      ...{ job: id, signer: id, task },
      key: clerkKeyInput.optional(),
    }),
    { long: true },
  ),

  ...templateMethods,
  ...peopleMethods,

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
    z.strictObject({
      shown,
      mark: markInput,
      filled: filledInput.optional(),
      initials: initialsInput.optional(),
      with: ownKeyInput.optional(),
      task,
    }),
    { long: true },
  ),
  'signing.decline': method<null>()(signers, z.strictObject({ reason: short(500) })),
  ...proofMethods,
  ...eidMethods,
  ...sealMethods,
  ...screenMethods,
  ...trustMethods,
  ...postenMethods,
  ...folderMethods,
  ...officeFileMethods,
  ...fieldMethods,
  ...followMethods,

  'sealing.seal': method<{ version: number; deferred: string | null }>()(
    archivists,
    z.strictObject({ job: id, task }),
    { long: true },
  ),

  /** New timestamps over a sealed job, before those it has come to their end. */
  'sealing.renew': method<{ version: number; deferred: string | null }>()(
    archivists,
    z.strictObject({ job: id, task }),
    { long: true },
  ),

  'export.save': method<ExportReceipt>()(
    [...archivists, 'reader'],
    z.strictObject({
      jobs: z.array(id).min(1).max(1000).optional(),
      folder: short(1000).optional(),
      /** With login tokens whole: for records managers, and said in the log. */
      complete: z.boolean().optional(),
      task,
    }),
    { long: true },
  ),
  'export.takenOver': method<null>()(
    archivists,
    z.strictObject({ receipt: short(80), reference: short(80) }),
  ),

  'verify.document': method<VerificationReport>()(
    readers,
    z.union([
      z.strictObject({ ...droppedFile, task }),
      z.strictObject({ ...archivedDocument, task }),
    ]),
    { long: true },
  ),
  /** The same as a PDF for people. */
  'verify.report': method<{ readonly name: string; readonly bytes: Uint8Array }>()(
    readers,
    z.union([
      z.strictObject({ ...droppedFile, language, task }),
      z.strictObject({ ...archivedDocument, language, task }),
    ]),
    { long: true },
  ),

  ...accessMethods,
  ...counterMethods,
  ...settingsMethods,
  ...archiveMethods,
  ...witnessMethods,

  'task.cancel': method<null>()(everyone, z.strictObject({ task: id })),
} as const;

export type Contract = typeof contract;
export type MethodName = keyof Contract;
export type InputOf<M extends MethodName> = z.input<Contract[M]['input']>;
export type ParsedOf<M extends MethodName> = z.output<Contract[M]['input']>;
export type OutputOf<M extends MethodName> =
  Contract[M] extends Method<z.ZodType, infer Output> ? Output : never;
