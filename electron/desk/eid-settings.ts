/** The office's e-ID providers. Secrets and private keys go in and never come out. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type {
  EidProviderView,
  EidSettingsView,
  SignerLoginView,
} from '../../shared/rpc/views-eid.ts';
import type { ClientKey, LoginProvider } from '../eid/login/provider.ts';
import type { Desk } from './desk.ts';
import { loggedOutUriOf, redirectUriOf } from './logins.ts';
import { settingsOf, type EidSettings } from './settings-store.ts';

export async function eidSettings(desk: Pick<Desk, 'archive'>): Promise<EidSettingsView> {
  const { providers, default: chosen, port } = settingsOf(desk.archive).get('eid');
  return {
    providers: await Promise.all(providers.map(viewOf)),
    ...{ default: chosen, port },
    redirectUri: redirectUriOf(port),
    loggedOutUri: loggedOutUriOf(port),
  };
}

async function viewOf({ secret, key, ...shown }: LoginProvider): Promise<EidProviderView> {
  const { publicJwk } = await import('../eid/login/client-key.ts');
  return { ...shown, hasSecret: secret !== null, publicKey: key === null ? null : publicJwk(key) };
}

export async function putEid(
  desk: Pick<Desk, 'archive'>,
  input: ParsedOf<'settings.putEid'>,
  actor: string,
): Promise<Result<EidSettingsView>> {
  const settings = settingsOf(desk.archive);
  const before = settings.get('eid');
  const providers: LoginProvider[] = [];
  for (const given of input.providers) {
    const kept = before.providers.find((one) => one.id === given.id);
    // A secret is told to the provider it belongs to, and to no other that somebody writes in its place.
    const same = kept?.issuer === given.issuer && kept.clientId === given.clientId;
    const key = await keyOf(given.key, kept?.key ?? null);
    if (!key.ok) return key;
    const { secret, ...rest } = given;
    providers.push({
      ...rest,
      secret: given.authentication === 'secret' ? (secret ?? (same ? kept.secret : null)) : null,
      key: given.authentication === 'private-key' || given.requestObject ? key.value : null,
    });
  }
  if (new Set(providers.map(({ id }) => id)).size < providers.length)
    return fail('eid.provider-unknown', 'Two providers have the same id.');
  const chosen = providers.find(({ id }) => id === input.default) ?? providers[0];
  settings.put('eid', { providers, default: chosen?.id ?? null, port: input.port }, actor);
  return ok(await eidSettings(desk));
}

async function keyOf(wanted: string, kept: ClientKey | null): Promise<Result<ClientKey | null>> {
  if (wanted === 'keep') return ok(kept);
  const { makeClientKey, readClientKey } = await import('../eid/login/client-key.ts');
  return wanted === 'new' ? ok(await makeClientKey()) : readClientKey(wanted);
}

/** For a signer to choose among; the office's own choice stands first. */
export function providersShown(eid: EidSettings): SignerLoginView['providers'] {
  return eid.providers
    .toSorted((a, b) => Number(b.id === eid.default) - Number(a.id === eid.default))
    .map(({ id, kind, label }) => ({ id, kind, label }));
}

/** The one that is named, or the office's own choice. */
export function providerOf(eid: EidSettings, id: string | undefined): Result<LoginProvider> {
  if (eid.providers.length === 0) return fail('eid.none', 'No e-ID is set up here.');
  const found = eid.providers.find((one) => one.id === (id ?? eid.default));
  return found === undefined
    ? fail('eid.provider-unknown', 'There is no such e-ID provider.')
    : ok(found);
}
