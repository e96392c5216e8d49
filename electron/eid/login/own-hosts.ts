/** Which addresses belong to a provider: the program asks no others, whatever a provider's answer names. */

const loopbackHosts = ['127.0.0.1', '[::1]', 'localhost'];

export function isLoopback(url: URL): boolean {
  return loopbackHosts.includes(url.hostname);
}

/**
 * Over https, the issuer's own host or a name below it (ID-porten logs in at `login.` of its issuer).
 * `loopback`: a provider on this very machine, for tests, may speak plain http.
 */
export function isProvidersOwn(issuer: string, address: string, loopback: boolean): boolean {
  if (!URL.canParse(issuer) || !URL.canParse(address)) return false;
  const home = new URL(issuer);
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (loopback && isLoopback(home)) return isLoopback(url) && url.host === home.host;
  if (home.protocol !== 'https:' || url.protocol !== 'https:') return false;
  return url.hostname === home.hostname || url.hostname.endsWith(`.${home.hostname}`);
}
