/** OIDC RP-Initiated Logout 1.0: the provider forgets the person as well. */
import * as oidc from 'openid-client';
import type { OpenLogin } from './begin-login.ts';

/** Null where there is nothing to log out of. */
export function endSessionUrl(
  { client, state }: OpenLogin,
  idToken: string,
  returnTo: string,
): string | null {
  if (client.logoutAddress === null) return null;
  return oidc.buildEndSessionUrl(client.config, {
    id_token_hint: idToken,
    post_logout_redirect_uri: returnTo,
    state,
  }).href;
}
