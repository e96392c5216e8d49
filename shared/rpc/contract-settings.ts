/** The calls about the office's settings and its people: what an administrator does. */
import { languageMethods } from './contract-language.ts';
import { z } from 'zod';
import { admins, method, operators } from './contract-method.ts';
import {
  id,
  newPassphrase,
  nothing,
  passphrase,
  personName,
  pin,
  short,
  task,
  userRoles,
  userUnits,
} from './inputs.ts';
import type {
  BackupReceipt,
  ChecklistItem,
  RehearsalReceipt,
  SealView,
  SettingsView,
  TimestampCheck,
  UserView,
} from './views.ts';

export const settingsMethods = {
  ...languageMethods,
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
            /** OID of the policy to ask for. */
            policy: z
              .string()
              .max(100)
              .regex(/^[0-2](\.(0|[1-9]\d*))+$/)
              .optional(),
            /** How long it may take. */
            seconds: z.int().min(1).max(120).optional(),
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
    z.strictObject({
      idleSeconds: z.int().min(30).max(3600),
      /** Absent: as it was. */
      strokeDynamics: z.boolean().optional(),
      imageMarks: z.boolean().optional(),
    }),
  ),
  /** Who may sign with a key of their own, and where the drivers of cards are. */
  'settings.cards': method<null>()(
    admins,
    z.strictObject({
      use: z.boolean(),
      known: z.boolean(),
      modules: z.array(short(1000)).max(20),
      keyFiles: z.boolean(),
    }),
  ),
  /** After how long without anybody at the keyboard a desk locks itself. */
  'settings.lock': method<null>()(admins, z.strictObject({ minutes: z.int().min(1).max(240) })),
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
      ...{ name: personName, roles: userRoles, passphrase: newPassphrase, pin },
      units: userUnits.optional(),
    }),
  ),
  /** The last administrator stays one. */
  'settings.editUser': method<UserView>()(
    admins,
    z.strictObject({
      ...{ user: id, name: personName, roles: userRoles },
      units: userUnits.optional(),
    }),
  ),
  /** Whoever it is, is out at once, at every screen; what they did stays theirs. */
  'settings.deactivateUser': method<UserView>()(admins, z.strictObject({ user: id })),
  /** With the passphrase and the PIN they had. */
  'settings.reactivateUser': method<UserView>()(admins, z.strictObject({ user: id })),
  /** For somebody else who has forgotten theirs; one's own is `session.changePassphrase`. */
  'settings.resetPassphrase': method<null>()(
    admins,
    z.strictObject({ user: id, passphrase: newPassphrase, pin }),
  ),
} as const;
