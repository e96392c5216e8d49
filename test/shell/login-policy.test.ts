import { describe, expect, it } from 'vitest';
import { isLoginAnswer, mayGoDuringLogin } from '../../electron/shell/login-policy.ts';

const redirectUri = 'http://127.0.0.1:18533/eid/callback';

describe('the window with a provider’s pages', () => {
  it.each([
    ['https://login.idporten.no/authorize?x=1', true],
    ['https://csfe.bankid.no/', true],
    ['http://login.idporten.no/', false],
    ['http://127.0.0.1:18533/eid/callback?code=x', false],
    ['https://bruker:ord@idporten.no/', false],
    ['app://skranke/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['about:blank', false],
    ['', false],
  ])('may go to %s: %s', (address, may) => {
    expect(mayGoDuringLogin(address, false)).toBe(may);
  });

  it('meets a provider on this machine in tests alone', () => {
    expect(mayGoDuringLogin('http://127.0.0.1:4711/authorize', true)).toBe(true);
    expect(mayGoDuringLogin('http://127.0.0.1.evil.example/', true)).toBe(false);
    expect(mayGoDuringLogin('http://evil.example/', true)).toBe(false);
  });

  it.each([
    [`${redirectUri}?code=x&state=y`, true],
    [redirectUri, true],
    ['http://127.0.0.1:18533/eid/callback/more?code=x', false],
    ['http://127.0.0.1:1853/eid/callback?code=x', false],
    ['https://evil.example/?to=http://127.0.0.1:18533/eid/callback', false],
  ])('takes %s as the answer: %s', (address, is) => {
    expect(isLoginAnswer(address, redirectUri)).toBe(is);
  });
});
