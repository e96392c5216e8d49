/** Takes the provider's answer: code for token, the token judged twice, level and person read. */
import { createHash } from 'node:crypto';
import * as oidc from 'openid-client';
import type { AssuranceLevel } from '../../../shared/job/proof.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { OpenLogin } from './begin-login.ts';
import { transportFailure } from './client.ts';
import { checkIdToken, type Claims } from './id-token.ts';
import { parsed, readKeys, type ProviderKey } from './jwk.ts';
import { personIn, type LoginPerson } from './person.ts';
import { profileOf } from './provider.ts';

/** Somebody has logged in, at the level that was asked for or a higher one. */
export interface FinishedLogin {
  readonly person: LoginPerson;
  readonly level: AssuranceLevel;
  readonly acr: string;
  readonly issuer: string;
  /** ISO instants. */
  readonly authenticatedAt: string;
  readonly receivedAt: string;
  readonly idToken: string;
  /** Hex SHA-256. */
  readonly idTokenSha256: string;
  readonly keys: string;
  readonly keysSha256: string;
}

/** `answer` is the whole address that the provider sent the browser back to. */
export async function finishLogin(login: OpenLogin, answer: URL): Promise<Result<FinishedLogin>> {
  const refused = refusedBy(login, answer.searchParams);
  if (refused !== null) return refused;
  const keys = await fetchKeys(login);
  if (!keys.ok) return keys;
  const token = await exchange(login, answer, keys.value);
  return token.ok ? read(login, token.value, keys.value) : token;
}

interface Keys {
  readonly text: string;
  readonly list: readonly ProviderKey[];
}

interface Token {
  readonly idToken: string;
  readonly claims: Claims;
}

/** What the address itself says; RFC 9207 first, or another provider's error would count as this one's. */
function refusedBy({ client, state }: OpenLogin, query: URLSearchParams) {
  for (const name of ['state', 'code', 'error', 'iss'])
    if (query.getAll(name).length > 1) return fail('eid.answer', 'The answer contradicts itself.');
  if (query.get('state') !== state) return fail('eid.state', 'The answer is to another question.');
  const issuer = query.get('iss');
  const { authorization_response_iss_parameter_supported: always } = client.config.serverMetadata();
  if (issuer === null ? always === true : issuer !== client.issuer)
    return fail('eid.mix-up', 'The answer comes from another provider than the one asked.');
  const error = query.get('error');
  if (error === 'access_denied') return fail('eid.cancelled', 'The person cancelled the login.');
  if (error !== null) return fail('eid.refused', 'The provider refused the login.', named(error));
  return query.has('code') ? null : fail('eid.answer', 'The answer holds no code.');
}

/** The provider's own word, as far as it is one. */
function named(error: string) {
  return { error: /^[a-z_]{1,40}$/.test(error) ? error : 'unknown' };
}

/** Anew for every login: they go into the evidence as they were then. */
async function fetchKeys({ client }: OpenLogin): Promise<Result<Keys>> {
  const { transport, keysAddress } = client;
  try {
    const response = await transport.fetch(keysAddress, {
      headers: { accept: 'application/json' },
    });
    if (response.status !== 200)
      return fail('eid.keys', 'The provider does not give its keys.', { status: response.status });
  } catch (error) {
    return transportFailure(transport, error) ?? noKeys();
  }
  const text = transport.answerOf(keysAddress) ?? '';
  const list = readKeys(text);
  return list === null ? noKeys() : ok({ text, list });
}

function noKeys() {
  return fail('eid.keys', 'The provider’s keys cannot be read.');
}

async function exchange(login: OpenLogin, answer: URL, keys: Keys): Promise<Result<Token>> {
  const { client, state, nonce, verifier, begunAt } = login;
  const now = Math.floor(client.ports.clock.now().getTime() / 1000);
  oidc.setJwksCache(client.config, {
    jwks: { keys: keys.list as oidc.JWK[] },
    uat: Math.floor(Date.now() / 1000),
  });
  let failure: Result<Token> | null = null;
  try {
    await oidc.authorizationCodeGrant(client.config, answer, {
      ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier },
      idTokenExpected: true,
      maxAge: Math.max(1, now - begunAt),
    });
  } catch (error) {
    failure = grantFailure(login, error);
  }
  const response = parsed(client.transport.answerOf(client.tokenEndpoint) ?? '');
  const said = (typeof response === 'object' && response !== null ? response : {}) as Claims;
  const { id_token: idToken, access_token: accessToken } = said;
  if (typeof idToken !== 'string' || typeof accessToken !== 'string') return failure ?? noToken();
  const claims = checkIdToken(idToken, {
    ...{ keys: keys.list, issuer: client.issuer, clientId: client.provider.clientId },
    ...{ nonce, begunAt, now, accessToken, code: answer.searchParams.get('code') ?? '' },
  });
  // Our own word first: it names the fault. What the library alone refuses stays refused.
  if (!claims.ok) return claims;
  return failure ?? ok({ idToken, claims: claims.value });
}

function noToken() {
  return fail('eid.token', 'The provider gave no ID token.');
}

function grantFailure({ client }: OpenLogin, error: unknown): Result<Token> {
  const onTheWay = transportFailure(client.transport, error);
  if (onTheWay !== null) return onTheWay;
  if (error instanceof oidc.ResponseBodyError)
    switch (error.error) {
      case 'invalid_grant':
        return fail('eid.code-used', 'The provider does not take the code: it was used or is old.');
      case 'invalid_client':
      case 'unauthorized_client':
        return fail('eid.client', 'The provider does not know the program as its client.');
      default:
        return fail('eid.refused', 'The provider refused the login.', named(error.error));
    }
  return fail('eid.token', 'The provider’s token cannot be used.');
}

function read(login: OpenLogin, { idToken, claims }: Token, keys: Keys): Result<FinishedLogin> {
  const { client, level: wanted } = login;
  const profile = profileOf(client.provider);
  const { acr, auth_time: authenticated } = claims;
  if (typeof acr !== 'string' || acr === '')
    return fail('eid.acr-missing', 'The provider does not say how the person logged in.');
  const level = profile.levelOf(acr);
  if (level === null)
    return fail('eid.acr-unknown', 'The provider names a level that is not set up here.');
  if (level < wanted)
    return fail('eid.level-too-low', 'The login is of a lower level than the job demands.', {
      ...{ given: level, wanted },
    });
  return ok({
    person: personIn(claims, profile.claims),
    ...{ level, acr, issuer: client.issuer },
    authenticatedAt: new Date(Number(authenticated) * 1000).toISOString(),
    receivedAt: client.ports.clock.now().toISOString(),
    ...{ idToken, idTokenSha256: sha256(idToken) },
    ...{ keys: keys.text, keysSha256: sha256(keys.text) },
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
