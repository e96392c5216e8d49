import { expect, it } from 'vitest';
import { isProvidersOwn } from '../../../electron/eid/login/own-hosts.ts';

const issuer = 'https://idporten.no';

it.each(['https://idporten.no/token', 'https://login.idporten.no/authorize?x=1', `${issuer}:443/`])(
  '%s is the provider’s own',
  (address) => {
    expect(isProvidersOwn(issuer, address, false)).toBe(true);
  },
);

it.each([
  ['another host', 'https://evil.example/token'],
  ['a name that ends alike', 'https://evilidporten.no/'],
  ['a name that begins alike', 'https://idporten.no.evil.example/'],
  ['the name above', 'https://no/'],
  ['plain http', 'http://idporten.no/token'],
  ['another scheme', 'ftp://idporten.no/'],
  ['a user in the address', 'https://idporten.no@evil.example/'],
  ['a user at the right host', 'https://kari@idporten.no/'],
  ['a password at the right host', 'https://:x@idporten.no/'],
  ['no address', 'idporten.no/token'],
  ['nothing', ''],
  ['this machine', 'http://127.0.0.1:18533/'],
])('%s is not', (_, address) => {
  expect(isProvidersOwn(issuer, address, false)).toBe(false);
  // What tests may do does not open another provider's door.
  expect(isProvidersOwn(issuer, address, true)).toBe(false);
});

it('speaks plain http on this machine in tests alone, at the issuer’s own port', () => {
  const local = 'http://127.0.0.1:4711';
  expect(isProvidersOwn(local, `${local}/token`, true)).toBe(true);
  expect(isProvidersOwn(local, `${local}/token`, false)).toBe(false);
  expect(isProvidersOwn(local, 'http://127.0.0.1:4712/token', true)).toBe(false);
  expect(isProvidersOwn(local, 'http://localhost:4711/token', true)).toBe(false);
  expect(isProvidersOwn('rubbish', `${local}/token`, true)).toBe(false);
});
