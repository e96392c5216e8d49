/** OIDC RP-Initiated Logout 1.0: the provider forgets the person as well. */
import * as oidc from 'openid-client';
import type { OpenLogin } from './begin-login.ts';

/**
 * Null where there is nothing to log out of. The address names the client and not the login (`client_id`
 * instead of `id_token_hint`, section 2): a token holds the national identity number, and an address
 * stays in the browser's history.
 */
export function endSessionUrl({ client, state }: OpenLogin, returnTo: string): string | null {
  if (client.logoutAddress === null) return null;
  return oidc.buildEndSessionUrl(client.config, {
    client_id: client.config.clientMetadata().client_id,
    post_logout_redirect_uri: returnTo,
    state,
  }).href;
}
