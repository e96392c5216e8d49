/** What of a provider's set-up is wrong, found out without anybody logging in. */
import * as oidc from 'openid-client';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { EidCheck } from '../../../shared/rpc/views-eid.ts';
import { loginAddress } from './begin-login.ts';
import { openClient, transportFailure, type LoginClient, type LoginPorts } from './client.ts';
import { readKeys, usableKeys } from './jwk.ts';
import { profileOf, type LoginProvider } from './provider.ts';

export async function checkProvider(
  provider: LoginProvider,
  redirectUri: string,
  ports: LoginPorts,
): Promise<readonly EidCheck[]> {
  const opened = await openClient(provider, ports);
  const said = (part: EidCheck['part'], result: Result<unknown>): EidCheck => ({
    part,
    ok: result.ok,
    code: result.ok ? null : result.error.code,
  });
  if (!opened.ok) return [said('discovery', opened)];
  const client = opened.value;
  return [
    said('discovery', opened),
    said('keys', await checkKeys(client)),
    said('redirect', await checkRedirect(client, redirectUri)),
    said('client', await checkClient(client, redirectUri)),
  ];
}

async function checkKeys({ transport, keysAddress }: LoginClient): Promise<Result<null>> {
  try {
    await transport.fetch(keysAddress, { headers: { accept: 'application/json' } });
  } catch (error) {
    return transportFailure(transport, error) ?? fail('eid.keys', 'No keys.');
  }
  const keys = readKeys(transport.answerOf(keysAddress) ?? '');
  return keys === null || usableKeys(keys).length === 0
    ? fail('eid.keys', 'The provider has no key that we can use.')
    : ok(null);
}

/**
 * Asks without showing anything (`prompt=none`): who knows the address we come back to sends the refusal
 * there (RFC 6749, 4.1.2.1); who does not, must not send anything anywhere.
 */
async function checkRedirect(client: LoginClient, redirectUri: string): Promise<Result<null>> {
  const url = await loginAddress(client, {
    ...{ redirect_uri: redirectUri, scope: profileOf(client.provider).scope, prompt: 'none' },
    ...{ state: oidc.randomState(), nonce: oidc.randomNonce(), code_challenge_method: 'S256' },
    code_challenge: await oidc.calculatePKCECodeChallenge(oidc.randomPKCECodeVerifier()),
  });
  try {
    const signal = AbortSignal.timeout(client.ports.patience);
    const response = await fetch(url, { redirect: 'manual', signal });
    await response.body?.cancel();
    const sent = response.headers.get('location') ?? '';
    if (response.status >= 500) return fail('eid.unreachable', 'The provider is out of order.');
    return sent.startsWith(`${redirectUri}?`) || sent.startsWith(`${redirectUri}#`)
      ? ok(null)
      : fail('eid.redirect', 'The provider does not know the address we come back to.');
  } catch {
    return fail('eid.unreachable', 'The provider cannot be reached.');
  }
}

/** A code that nobody gave: a known client is told so, an unknown one that it is unknown. */
async function checkClient(client: LoginClient, redirectUri: string): Promise<Result<null>> {
  const answer = new URL(redirectUri);
  answer.searchParams.set('code', oidc.randomState());
  answer.searchParams.set('iss', client.issuer);
  try {
    const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
    await oidc.authorizationCodeGrant(client.config, answer, { pkceCodeVerifier });
  } catch (error) {
    const onTheWay = transportFailure(client.transport, error);
    if (onTheWay !== null) return onTheWay;
    if (error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant') return ok(null);
  }
  return fail('eid.client', 'The provider does not know the program as its client.');
}
