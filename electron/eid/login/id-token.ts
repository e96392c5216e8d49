/**
 * Our own judgement of an ID token (OIDC Core 1.0, section 3.1.3.7), beside the library's: each fault by
 * its own name, and a token counts only where both let it pass.
 */
import { fail, ok, type Result } from '../../../shared/result.ts';
import { halfHash, isAlgorithm, isSignedBy, keyFor, parsed } from './jwk.ts';
import type { JwsHeader, ProviderKey } from './jwk.ts';

export interface Claims {
  readonly [name: string]: unknown;
}

export interface TokenExpectations {
  readonly keys: readonly ProviderKey[];
  readonly issuer: string;
  readonly clientId: string;
  readonly nonce: string;
  /** Seconds since 1970: when the login was begun, and now. */
  readonly begunAt: number;
  readonly now: number;
  readonly code: string;
  readonly accessToken: string;
}

/** Seconds that the provider's clock and ours may differ. */
export const skew = 30;

export function checkIdToken(token: string, expected: TokenExpectations): Result<Claims> {
  const parts = token.split('.');
  const [head = '', body = '', tail = ''] = parts;
  const header = readPart(head) as JwsHeader | null;
  const claims = readPart(body);
  if (parts.length !== 3 || header === null || claims === null)
    return fail('eid.token', 'The ID token is not a signed token.');
  if (typeof header.alg === 'string' && header.alg.toLowerCase() === 'none')
    return fail('eid.unsigned', 'The ID token is not signed.');
  if (!isAlgorithm(header.alg) || header.crit !== undefined)
    return fail('eid.algorithm', 'The ID token is signed in a way that proves nothing.');
  const key = keyFor(expected.keys, header, header.alg);
  if (!key.ok) return key;
  if (!isSignedBy(key.value, header.alg, `${head}.${body}`, Buffer.from(tail, 'base64url')))
    return fail('eid.signature', 'The ID token’s signature does not fit.');
  return (
    wrongParty(claims, expected) ??
    wrongTime(claims, expected) ??
    wrongNonce(claims, expected) ??
    wrongHashes(claims, expected, (text) => halfHash(header.alg as 'RS256', text)) ??
    wrongSession(claims, expected) ??
    ok(claims)
  );
}

type Fault = ReturnType<typeof fail> | null;

function readPart(part: string): Claims | null {
  const value = parsed(Buffer.from(part, 'base64url').toString('utf8'));
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Claims)
    : null;
}

function wrongParty(claims: Claims, { issuer, clientId }: TokenExpectations): Fault {
  if (claims['iss'] !== issuer)
    return fail('eid.token-issuer', 'The ID token comes from another issuer.');
  const { aud, azp } = claims;
  const audience = Array.isArray(aud) ? aud : [aud];
  if (!audience.includes(clientId))
    return fail('eid.audience', 'The ID token was made for another client.');
  // Another party that may use the same token is nobody we know.
  if (audience.length > 1 || (azp !== undefined && azp !== clientId))
    return fail('eid.authorized-party', 'The ID token was made for another party as well.');
  if (typeof claims['sub'] !== 'string' || claims['sub'] === '')
    return fail('eid.token', 'The ID token names nobody.');
  return null;
}

function wrongTime(claims: Claims, { now, begunAt }: TokenExpectations): Fault {
  const { exp, iat, nbf } = claims;
  if (!isSecond(exp) || !isSecond(iat) || (nbf !== undefined && !isSecond(nbf)))
    return fail('eid.token', 'The ID token has no times.');
  if (exp <= now - skew) return fail('eid.expired', 'The ID token has expired.');
  if (iat > now + skew || (nbf !== undefined && nbf > now + skew))
    return fail('eid.from-the-future', 'The ID token is of a time to come.');
  if (iat < begunAt - skew) return fail('eid.not-fresh', 'The ID token is of an earlier login.');
  return null;
}

function isSecond(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function wrongNonce(claims: Claims, { nonce }: TokenExpectations): Fault {
  if (claims['nonce'] === undefined)
    return fail('eid.nonce-missing', 'The ID token does not answer our question.');
  if (claims['nonce'] !== nonce) return fail('eid.nonce', 'The ID token answers another question.');
  return null;
}

function wrongHashes(
  claims: Claims,
  { code, accessToken }: TokenExpectations,
  hash: (text: string) => string,
): Fault {
  const { at_hash: ofAccess, c_hash: ofCode } = claims;
  const fits =
    (ofAccess === undefined || ofAccess === hash(accessToken)) &&
    (ofCode === undefined || ofCode === hash(code));
  return fits ? null : fail('eid.hash', 'The ID token belongs to another answer.');
}

/** `max_age=0` was asked for, so `auth_time` must be there (OIDC Core 1.0, section 2). */
function wrongSession(claims: Claims, { begunAt, now }: TokenExpectations): Fault {
  const authenticated = claims['auth_time'];
  if (!isSecond(authenticated))
    return fail('eid.not-fresh', 'The provider does not say when the person logged in.');
  if (authenticated < begunAt - skew)
    return fail('eid.not-fresh', 'The person did not log in for this: an earlier login was used.');
  if (authenticated > now + skew)
    return fail('eid.from-the-future', 'The login is of a time to come.');
  return null;
}
