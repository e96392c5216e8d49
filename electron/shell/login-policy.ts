/** What the window with an e-ID provider's pages may do, as pure functions. */

const loopback = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\//;

/** Whether an address is the provider's answer to us: it is taken, never loaded. */
export function isLoginAnswer(address: string, redirectUri: string): boolean {
  return address === redirectUri || address.startsWith(`${redirectUri}?`);
}

/**
 * A login walks over several hosts (the provider's own, a bank's): all over https. `test`: a provider on
 * this machine, without TLS. Nothing else: no files, no own pages, no other schemes.
 */
export function mayGoDuringLogin(address: string, test: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (test && loopback.test(address));
}
