/** Sends a person to the provider: authorization code with PKCE, nonce and state, fresh every time. */
import * as oidc from 'openid-client';
import type { Language } from '../../../shared/job/job.ts';
import type { AssuranceLevel } from '../../../shared/job/proof.ts';
import { attemptAsync, unwrap, type Result } from '../../../shared/result.ts';
import { openClient, type LoginClient, type LoginPorts } from './client.ts';
import { webCryptoKey } from './client-key.ts';
import { profileOf, type LoginProvider } from './provider.ts';

export interface LoginQuestion {
  readonly level: AssuranceLevel;
  readonly redirectUri: string;
  readonly language: Language;
}

/** What must be known when the answer comes; it stays in this process. */
export interface OpenLogin extends LoginQuestion {
  readonly client: LoginClient;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Seconds since 1970. */
  readonly begunAt: number;
  /** Where the person goes. */
  readonly url: string;
}

export function beginLogin(
  provider: LoginProvider,
  question: LoginQuestion,
  ports: LoginPorts,
): Promise<Result<OpenLogin>> {
  return attemptAsync(async () => {
    const client = unwrap(await openClient(provider, ports));
    const state = oidc.randomState();
    const nonce = oidc.randomNonce();
    const verifier = oidc.randomPKCECodeVerifier();
    const profile = profileOf(provider);
    const acrValues = profile.acrValues(question.level);
    const url = await loginAddress(client, {
      redirect_uri: question.redirectUri,
      scope: profile.scope,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...{ state, nonce },
      // A kiosk is everybody's: whoever was logged in before is not this person.
      ...{ prompt: 'login', max_age: '0' },
      ...(acrValues === '' ? {} : { acr_values: acrValues }),
      ui_locales: question.language,
    });
    const begunAt = Math.floor(ports.clock.now().getTime() / 1000);
    return { ...question, client, state, nonce, verifier, begunAt, url: url.href };
  });
}

/** RFC 9101: the parameters in a signed object, where the provider wants it so. */
export async function loginAddress(
  { config, provider }: LoginClient,
  parameters: Record<string, string>,
): Promise<URL> {
  return provider.requestObject && provider.key !== null
    ? oidc.buildAuthorizationUrlWithJAR(config, parameters, await webCryptoKey(provider.key))
    : oidc.buildAuthorizationUrl(config, parameters);
}
