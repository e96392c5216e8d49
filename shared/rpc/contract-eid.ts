/** The calls about e-ID logins: a signer's own, and the administrator's providers. */
import { z } from 'zod';
import { admins, method, operators, signers } from './contract-method.ts';
import { id, nothing } from './inputs.ts';
import type { EidCheck, EidSettingsView, EidTrialView, SignerLoginView } from './views-eid.ts';

const filled = (max: number) => z.string().min(1).max(max).regex(/\S/);
const claimName = z.string().regex(/^[\w:./-]{0,100}$/);
const acrList = z.array(filled(200)).max(20);

export const eidProviderInput = z.strictObject({
  id,
  kind: z.enum(['id-porten', 'bankid', 'generic']),
  label: filled(60),
  issuer: z.url({ protocol: /^https?$/ }).max(300),
  clientId: filled(200),
  authentication: z.enum(['secret', 'private-key', 'none']),
  /** Left out: the one that is kept stays, as long as issuer and client are the same. */
  secret: z.string().min(1).max(500).optional(),
  /** A new one made here, the one that is kept, or one in PEM. */
  key: z.union([z.enum(['new', 'keep']), z.string().min(20).max(10_000)]),
  requestObject: z.boolean(),
  logout: z.boolean(),
  nationalId: z.boolean(),
  levels: z.strictObject({ substantial: acrList, high: acrList }),
  claims: z.strictObject({ name: claimName, birthDate: claimName, nationalId: claimName }),
});

export const eidMethods = {
  /** Sends the signer to the provider; `go` is where this page must go itself, where it must. */
  'signing.beginLogin': method<{ readonly go: string | null }>()(
    signers,
    z.strictObject({ provider: id.optional() }),
  ),
  'signing.login': method<SignerLoginView>()(signers, nothing),
  'signing.cancelLogin': method<null>()(signers, nothing),

  'settings.eid': method<EidSettingsView>()(operators, nothing),
  /** The whole list anew. */
  'settings.putEid': method<EidSettingsView>()(
    admins,
    z.strictObject({
      providers: z.array(eidProviderInput).max(10),
      default: id.nullable(),
      port: z.int().min(1024).max(65535),
    }),
  ),
  /** What is wrong with a provider's set-up, found out without anybody logging in. */
  'settings.checkEid': method<readonly EidCheck[]>()(admins, z.strictObject({ provider: id })),
  /** A login that signs nothing. */
  'settings.tryEid': method<{ readonly go: string | null }>()(
    admins,
    z.strictObject({ provider: id }),
  ),
  'settings.eidTrial': method<EidTrialView>()(admins, nothing),
} as const;
