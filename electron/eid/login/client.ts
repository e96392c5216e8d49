/** A provider that has been asked what it is (OIDC Discovery 1.0), ready for a login. */
import * as oidc from 'openid-client';
import { fail, ok, Refusal, type Result } from '../../../shared/result.ts';
import type { Clock } from '../../core/ports.ts';
import { webCryptoKey } from './client-key.ts';
import { skew } from './id-token.ts';
import { parsed } from './jwk.ts';
import { isProvidersOwn } from './own-hosts.ts';
import type { LoginProvider } from './provider.ts';
import { createTransport, type Transport } from './transport.ts';

export interface LoginPorts {
  readonly clock: Clock;
  /** A provider on this very machine may speak plain http: for tests alone. */
  readonly loopback: boolean;
  /** Milliseconds for one answer of the provider. */
  readonly patience: number;
}

export interface LoginClient {
  readonly provider: LoginProvider;
  readonly config: oidc.Configuration;
  readonly transport: Transport;
  readonly ports: LoginPorts;
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly keysAddress: string;
  /** Null where the provider has none, or the office wants none. */
  readonly logoutAddress: string | null;
}

export async function openClient(
  provider: LoginProvider,
  ports: LoginPorts,
): Promise<Result<LoginClient>> {
  const { issuer, clientId } = provider;
  const { clock, loopback, patience } = ports;
  if (!isProvidersOwn(issuer, issuer, loopback))
    return fail('eid.issuer', 'The provider’s address does not begin with https.');
  const transport = createTransport({ issuer, loopback, patience });
  const authentication = await authenticationOf(provider);
  if (!authentication.ok) return authentication;
  const metadata = {
    [oidc.clockSkew]: Math.round((clock.now().getTime() - Date.now()) / 1000),
    [oidc.clockTolerance]: skew,
  };
  let config: oidc.Configuration;
  try {
    config = await oidc.discovery(new URL(issuer), clientId, metadata, authentication.value, {
      [oidc.customFetch]: (url, options) => transport.fetch(url, options as RequestInit),
      timeout: (2 * patience) / 1000,
      // Whether plain http is meant is decided above, for each address.
      execute: loopback ? [oidc.allowInsecureRequests] : [],
    });
  } catch (error) {
    return transportFailure(transport, error) ?? wrongDiscovery(transport, issuer);
  }
  oidc.enableNonRepudiationChecks(config);
  return endpointsOf(provider, { provider, config, transport, ports });
}

function endpointsOf(
  { issuer, logout }: LoginProvider,
  rest: Pick<LoginClient, 'provider' | 'config' | 'transport' | 'ports'>,
): Result<LoginClient> {
  const server = rest.config.serverMetadata();
  const tokenEndpoint = server.token_endpoint;
  const keysAddress = server.jwks_uri;
  const loginAddress = server.authorization_endpoint;
  if (tokenEndpoint === undefined || keysAddress === undefined || loginAddress === undefined)
    return fail('eid.discovery', 'The provider’s description is not whole.');
  const logoutAddress = logout ? (server.end_session_endpoint ?? null) : null;
  for (const address of [tokenEndpoint, keysAddress, loginAddress, logoutAddress ?? issuer])
    if (!isProvidersOwn(issuer, address, rest.ports.loopback))
      return fail('eid.other-host', 'The provider names an address that is not its own.', {
        host: URL.canParse(address) ? new URL(address).host : '',
      });
  return ok({ ...rest, issuer: server.issuer, tokenEndpoint, keysAddress, logoutAddress });
}

async function authenticationOf(provider: LoginProvider): Promise<Result<oidc.ClientAuth>> {
  const { authentication, secret, key } = provider;
  if (provider.requestObject && key === null) return noKey();
  switch (authentication) {
    case 'secret':
      return secret === null
        ? fail('eid.no-secret', 'The client’s secret is missing.')
        : ok(oidc.ClientSecretBasic(secret));
    case 'private-key':
      return key === null ? noKey() : ok(oidc.PrivateKeyJwt(await webCryptoKey(key)));
    case 'none':
      return ok(oidc.None());
  }
}

function noKey() {
  return fail('eid.no-key', 'The client’s key is missing.');
}

/** What went wrong on the way; null where the provider answered. */
export function transportFailure(transport: Transport, error: unknown) {
  const failure = error instanceof Refusal ? error.failure : transport.refusal();
  return failure === null ? null : ({ ok: false, error: failure } as const);
}

function wrongDiscovery(transport: Transport, issuer: string) {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const said = parsed(transport.answerOf(address) ?? '');
  const other =
    typeof said === 'object' && said !== null && 'issuer' in said && said.issuer !== issuer;
  return other
    ? fail('eid.discovery-issuer', 'The provider calls itself by another name.')
    : fail('eid.discovery', 'The provider’s description cannot be used.');
}
