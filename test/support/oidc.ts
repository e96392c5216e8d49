/** A certified provider on this machine with login pages of its own, as ID-porten would be set up. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Provider } from 'oidc-provider';

export interface TestPerson {
  readonly pid: string;
  readonly name: string;
  readonly birthdate: string;
}

export interface TestOidc {
  readonly issuer: string;
  close(): Promise<void>;
}

export interface OidcOptions {
  readonly redirectUri: string;
  readonly loggedOutUri: string;
  /** RFC 7517 text of the client's public key. */
  readonly publicKey: string;
  readonly people: readonly TestPerson[];
}

const page = (body: string) =>
  `<!doctype html><html lang="nb"><meta charset="utf-8"><title>Prøve-ID</title><h1>Prøve-ID</h1>${body}</html>`;

export async function startOidc(options: OidcOptions): Promise<TestOidc> {
  let handle: (request: IncomingMessage, response: ServerResponse) => unknown = () => undefined;
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const key = JSON.parse(options.publicKey) as Record<string, string>;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'skranke',
        application_type: 'web',
        redirect_uris: [options.redirectUri],
        post_logout_redirect_uris: [options.loggedOutUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [key as never] },
        require_signed_request_object: true,
        request_object_signing_alg: 'RS256',
      },
    ],
    acrValues: ['idporten-loa-substantial', 'idporten-loa-high'],
    claims: { acr: null, auth_time: null, openid: ['sub'], profile: ['pid', 'locale'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ['prøve'] },
    features: {
      devInteractions: { enabled: false },
      requestObjects: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        // ID-porten asks nothing: whoever sends the token it gave is logged out.
        logoutSource: (ctx, form) => {
          ctx.body = page(
            `${form}<button form="op.logoutForm" name="logout" value="yes">Logg ut</button>`,
          );
        },
      },
    },
    interactions: { url: (_, interaction) => `/logg-inn/${interaction.uid}` },
    findAccount: (_, id) => {
      const person = options.people.find(({ pid }) => pid === id);
      return person && { accountId: id, claims: () => ({ sub: id, pid: id, locale: 'nb' }) };
    },
    loadExistingGrant: async (ctx) => {
      const { client, session } = ctx.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new ctx.oidc.provider.Grant({
        clientId: client.clientId,
        accountId: session.accountId,
      });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  handle = async (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    if (!url.pathname.startsWith('/logg-inn/')) return callback(request, response);
    const chosen = url.searchParams;
    if (chosen.get('avbryt') !== null)
      return provider.interactionFinished(request, response, {
        error: 'access_denied',
        error_description: 'cancelled',
      });
    // Which of them: a number has no place in an address, not in a provider's either.
    const accountId = options.people[Number(chosen.get('person') ?? NaN)]?.pid;
    if (accountId !== undefined)
      return provider.interactionFinished(request, response, {
        login: { accountId, acr: chosen.get('acr') ?? '', remember: false },
      });
    const choices = options.people.flatMap(({ name }, at) =>
      ['substantial', 'high'].map(
        (level) => `<p><a href="?person=${at}&acr=idporten-loa-${level}">${name} ${level}</a></p>`,
      ),
    );
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(page(`${choices.join('')}<p><a href="?avbryt=1">Avbryt</a></p>`));
  };
  return {
    issuer,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A port that nobody uses now: providers register whole addresses. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
