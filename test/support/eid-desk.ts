/** A desk with an e-ID provider, and a job whose signer must log in. */
import type { InputOf } from '../../shared/rpc/contract.ts';
import type { SignerSpec } from '../../shared/job/job.ts';
import type { LoginHost } from '../../electron/desk/logins.ts';
import type { AppPorts } from '../../electron/app.ts';
import { aSigner, makeDraft, readAndConfirm, setUp, startDesk, type Client } from './desk.ts';

export type ProviderInput = InputOf<'settings.putEid'>['providers'][number];

export function aProvider(more: Partial<ProviderInput> & Pick<ProviderInput, 'issuer'>) {
  return {
    ...{ id: 'leverandor-1', kind: 'generic', label: 'Prøve-ID', clientId: 'skranke' },
    ...{ authentication: 'secret', secret: 'hemmelig', key: 'keep', requestObject: false },
    ...{ logout: false, nationalId: true },
    levels: { substantial: ['betydelig'], high: ['høyt'] },
    claims: { name: 'name', birthDate: 'birthdate', nationalId: 'pid' },
    ...more,
  } satisfies ProviderInput;
}

/** Shows nothing: the test itself is the browser. */
export const testBrowser: LoginHost = {
  show: ({ url }) => Promise.resolve({ ok: true, value: { go: url } }),
  hide: () => undefined,
};

export function startEidDesk(eid: AppPorts['eid'] = {}) {
  return startDesk({ loginHost: testBrowser, eid: { loopback: true, ...eid } });
}

/** Set up, one open job, its one signer handed the kiosk, everything read and confirmed. */
export async function sitAtKiosk(
  client: Client,
  provider: ProviderInput,
  signer: Partial<SignerSpec> = {},
) {
  await setUp(client);
  await client.call('settings.putEid', {
    providers: [provider],
    default: provider.id,
    port: 18_533,
  });
  return handJobOver(client, signer);
}

export async function handJobOver(client: Client, signer: Partial<SignerSpec> = {}) {
  const who = aSigner('Kari Nordmann', 0, {
    ...{ kind: 'authenticated', nationalId: '12857910093' },
    ...signer,
  });
  const { job } = await makeDraft(client, [who]);
  await client.call('job.open', { job });
  await client.call('session.handOver', {
    ...{ job, signer: who.id },
    identityCheck: { method: 'eid' },
  });
  return { job, signer: who.id, shown: await readAndConfirm(client) };
}
