/** A certified provider beside the program, set up at the desk as ID-porten would be. */
import type { Page } from '@playwright/test';
import { freePort, startOidc, type TestOidc, type TestPerson } from '../../support/oidc.ts';
import { button } from './clerk.ts';
import type { OpenedHost } from './host.ts';

export const kari = { pid: '12857910093', name: 'Kari Nordmann', birthdate: '1979-05-12' };
export const ola = { pid: '13868010082', name: 'Ola Nordmann', birthdate: '1980-06-13' };

export async function seedEid(desk: OpenedHost, people: readonly TestPerson[]): Promise<TestOidc> {
  const port = await freePort();
  const idPorten = (issuer: string, key: 'new' | 'keep') => ({
    ...{ id: 'id-porten-1', kind: 'id-porten' as const, label: 'ID-porten', issuer },
    ...{ clientId: 'skranke', authentication: 'private-key' as const, key },
    ...{ requestObject: true, logout: true, nationalId: false },
    levels: { substantial: [], high: [] },
    claims: { name: '', birthDate: '', nationalId: '' },
  });
  const put = (issuer: string, key: 'new' | 'keep') =>
    desk.call('settings.putEid', { providers: [idPorten(issuer, key)], default: null, port });
  const made = await put('http://127.0.0.1:1', 'new');
  const provider = await startOidc({
    publicKey: made.providers[0]?.publicKey ?? '',
    ...{ redirectUri: made.redirectUri, loggedOutUri: made.loggedOutUri, people },
  });
  await put(provider.issuer, 'keep');
  return provider;
}

/** At the provider's own pages: `Avbryt`, or `Kari Nordmann high` and out again. */
export async function chooseAtProvider(page: Page, choice: string): Promise<void> {
  await page.getByRole('link', { name: choice, exact: true }).click();
}

/** The provider's own logout, which then sends the browser home. */
export async function logOutAtProvider(page: Page): Promise<void> {
  await button(page, 'Logg ut').click();
}
