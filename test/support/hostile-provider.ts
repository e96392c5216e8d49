/**
 * An OpenID provider that signs whatever a case says. It shows no pages: a test reads what it was asked
 * from the address it was sent to, and answers as the browser would.
 */
import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

type Claims = Record<string, unknown>;

/** What a case does otherwise than a good provider would. */
export interface Hostility {
  readonly discovery?: (document: Claims) => Claims;
  readonly claims?: (claims: Claims) => Claims;
  readonly header?: (header: Claims) => Claims;
  /** The whole token, after the good one. */
  readonly token?: (good: string, claims: Claims) => string;
  /** Takes the answer over by itself; true: it has. */
  readonly answer?: (path: string, response: ServerResponse) => boolean;
  /** What is added to the address that the browser comes back to, or put in place of it. */
  readonly redirect?: (query: URLSearchParams) => void;
}

export const person = { name: 'Kari Nordmann', pid: '12857910093', birthdate: '1979-05-12' };
export const clientId = 'skranke-prøve';
export const secret = 'hemmelig & godt gjemt';

export interface HostileProvider {
  readonly issuer: string;
  readonly publicKey: KeyObject;
  is(hostility: Hostility): void;
  /** The person logs in at the address; gives the address that the browser is sent back to. */
  logIn(address: string): URL;
  close(): Promise<void>;
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = () => Math.floor(Date.now() / 1000);

export const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** RS256, or whatever the key and the header say. */
export function jws(header: Claims, claims: Claims, key: KeyObject): string {
  const data = `${base64url(header)}.${base64url(claims)}`;
  const bytes = Buffer.from(data);
  const alg = header['alg'];
  const signature =
    alg === 'ES256'
      ? sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })
      : alg === 'PS256'
        ? sign('sha256', bytes, { key, padding: 6, saltLength: 32 })
        : sign(alg === 'EdDSA' ? null : 'sha256', bytes, key);
  return `${data}.${signature.toString('base64url')}`;
}

export function hmacToken(claims: Claims, key: string): string {
  const data = `${base64url({ alg: 'HS256', kid: 'k1' })}.${base64url(claims)}`;
  return `${data}.${createHmac('sha256', key).update(data).digest('base64url')}`;
}

export function unsignedToken(claims: Claims): string {
  return `${base64url({ alg: 'none' })}.${base64url(claims)}.`;
}

export const leftHalf = (text: string) =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

export const otherKeys = {
  ec: generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
  ed: generateKeyPairSync('ed25519'),
  pss: rsa(),
};

export async function startHostileProvider(): Promise<HostileProvider> {
  const { publicKey, privateKey } = rsa();
  const keys = { k1: privateKey, k2: otherKeys.ec, k3: otherKeys.ed, k4: otherKeys.pss };
  const jwks = {
    keys: [
      { ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' },
      { ...keys.k2.publicKey.export({ format: 'jwk' }), kid: 'k2', use: 'sig' },
      { ...keys.k3.publicKey.export({ format: 'jwk' }), kid: 'k3', use: 'sig' },
      { ...keys.k4.publicKey.export({ format: 'jwk' }), kid: 'k4', use: 'sig', alg: 'PS256' },
    ],
  };
  let hostility: Hostility = {};
  let issuer = '';
  /** By code: what was asked for with it. */
  const codes = new Map<string, URLSearchParams>();

  function tokenFor(asked: URLSearchParams, accessToken: string): string {
    const good: Claims = {
      ...{ iss: issuer, aud: clientId, sub: 'sub-1', exp: now() + 120, iat: now() },
      ...{ auth_time: now(), nonce: asked.get('nonce'), acr: 'høyt' },
      ...person,
      at_hash: leftHalf(accessToken),
    };
    const claims = hostility.claims?.(good) ?? good;
    const header = hostility.header?.({ alg: 'RS256', kid: 'k1' }) ?? { alg: 'RS256', kid: 'k1' };
    const key = {
      ...{ ES256: keys.k2.privateKey, EdDSA: keys.k3.privateKey, PS256: keys.k4.privateKey },
    }[String(header['alg'])];
    const token = jws(header, claims, key ?? privateKey);
    return hostility.token?.(token, claims) ?? token;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', issuer).pathname;
    if (hostility.answer?.(path, response) === true) return;
    const json = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    switch (path) {
      case '/.well-known/openid-configuration': {
        const document = {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          authorization_response_iss_parameter_supported: true,
          id_token_signing_alg_values_supported: ['RS256', 'ES256', 'EdDSA', 'PS256', 'HS256'],
        };
        json(200, hostility.discovery?.(document) ?? document);
        return;
      }
      case '/jwks':
        json(200, jwks);
        return;
      case '/token': {
        const parts: Buffer[] = [];
        for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
        const body = new URLSearchParams(Buffer.concat(parts).toString());
        const asked = codes.get(body.get('code') ?? '');
        codes.delete(body.get('code') ?? '');
        const verifier = createHash('sha256')
          .update(body.get('code_verifier') ?? '')
          .digest('base64url');
        if (asked === undefined || asked.get('code_challenge') !== verifier) {
          json(400, { error: 'invalid_grant' });
          return;
        }
        const access = 'tilgang';
        const token = { access_token: access, token_type: 'Bearer', expires_in: 60 };
        json(200, { ...token, id_token: tokenFor(asked, access) });
        return;
      }
      default:
        json(404, {});
    }
  }

  const server = createServer((request, response) => {
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  let count = 0;
  return {
    issuer,
    publicKey,
    is(next) {
      hostility = next;
    },
    logIn(address) {
      const asked = new URL(address).searchParams;
      count += 1;
      const code = `kode-${count}`;
      codes.set(code, asked);
      const back = new URL(asked.get('redirect_uri') ?? '');
      const query = { code, state: asked.get('state') ?? '', iss: issuer };
      for (const [name, value] of Object.entries(query)) back.searchParams.set(name, value);
      hostility.redirect?.(back.searchParams);
      return back;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
