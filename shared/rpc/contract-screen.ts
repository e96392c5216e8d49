/** The calls about kiosks that are screens of their own. The clerk sees their state, not their content. */
import { z } from 'zod';
import { admins, everyone, handlers, kiosks, method, operators } from './contract-method.ts';
import type { OfficeLook } from '../office-look.ts';
import { id, nothing, personName } from './inputs.ts';
import { screenSteps, type ScreensView, type ScreenView } from './views-screen.ts';

export const screenMethods = {
  'screen.list': method<readonly ScreenView[]>()(handlers, nothing),
  /**
   * A window that is a kiosk alone. `go`: the one-time address to open it at; null where the program
   * has opened it.
   */
  'screen.open': method<{ readonly screen: string; readonly go: string | null }>()(
    handlers,
    nothing,
  ),
  'screen.close': method<null>()(handlers, z.strictObject({ screen: id })),
  /** From the clerk's own desk, where they have signed in already: no PIN. */
  'screen.takeBack': method<null>()(handlers, z.strictObject({ job: id })),
  /** The screen is there; how far its signer has come, and whether they ask for somebody. */
  'screen.report': method<null>()(
    kiosks,
    z.strictObject({ step: z.enum(screenSteps).nullable(), help: z.boolean() }),
  ),
  /** The door for machines of their own, and who is paired. */
  'settings.screens': method<ScreensView>()(operators, nothing),
  'settings.putScreens': method<ScreensView>()(
    admins,
    z.strictObject({ on: z.boolean(), address: z.ipv4(), port: z.int().min(1024).max(65_535) }),
  ),
  /** The certificate that a kiosk installs to know this workstation. */
  'settings.screenAuthority': method<{ readonly name: string; readonly bytes: Uint8Array }>()(
    admins,
    nothing,
  ),
  /** A code that one kiosk may type, once and soon. */
  'screen.pair': method<{ readonly code: string }>()(
    admins,
    z.strictObject({ name: personName.max(60) }),
  ),
  /** Somebody has compared the digits on both screens. */
  'screen.accept': method<null>()(admins, z.strictObject({ pairing: id })),
  'screen.refuse': method<null>()(admins, z.strictObject({ pairing: id })),
  'screen.unpair': method<null>()(admins, z.strictObject({ screen: id })),
  /** The office's logo and colour: whoever stands in front of a screen sees them. */
  'office.look': method<OfficeLook>()(everyone, nothing),
  'settings.putLook': method<null>()(
    admins,
    z.strictObject({
      /** A PNG; null for none; absent: as it was. */
      logo: z.instanceof(Uint8Array).nullable().optional(),
      colour: z
        .string()
        .regex(/^#[0-9a-f]{6}$/)
        .nullable(),
    }),
  ),
} as const;
