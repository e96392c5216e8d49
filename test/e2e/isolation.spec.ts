/** While a signer holds the kiosk, that page can do what a signer can, whatever is asked of it. */
import { contract } from '../../shared/rpc/contract.ts';
import type { MethodName } from '../../shared/rpc/contract.ts';
import { encode } from '../../shared/rpc/codec.ts';
import { samples } from '../rpc/samples.ts';
import { button, clerk, comeBack, handOver, openJob } from './support/clerk.ts';
import { expect, hostName, test } from './support/host.ts';
import { seedDesk, seedJob } from './support/seed.ts';
import { sayWho } from './support/signer.ts';

test('every operator call and every other document answers 403 from the signer’s page', async ({
  desk,
}) => {
  test.skip(hostName === 'electron', 'HTTP status codes are the web host’s; see test/desktop');
  await seedDesk(desk);
  const other = await seedJob(desk, 'Personalsak', ['Ola Nordmann']);
  const own = await seedJob(desk, 'Leieavtale', ['Kari Nordmann']);
  await openJob(desk.page, 'Venter', 'Leieavtale');
  await handOver(desk.page, 'Kari Nordmann');
  await sayWho(desk.page, 'Kari Nordmann');
  await expect(desk.page.getByText('Side 1 av 4')).toBeVisible();

  const forbidden = (Object.keys(contract) as MethodName[]).filter(
    (method) => !contract[method].roles.some((role) => role === 'signer'),
  );
  expect(forbidden.length).toBeGreaterThan(30);
  const answers = await desk.page.evaluate(
    async (asked) => {
      const got: Record<string, number> = {};
      for (const [method, body] of asked) {
        const response = await fetch(`/rpc/${method}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        });
        got[method] = response.status;
      }
      return got;
    },
    forbidden.map((method) => [method, encode(samples[method])] as const),
  );
  expect(answers).toEqual(Object.fromEntries(forbidden.map((method) => [method, 403])));

  const statusOf = (path: string, method = 'GET') =>
    desk.page.evaluate(async ([address, verb]) => (await fetch(address, { method: verb })).status, [
      path,
      method,
    ] as const);
  expect(await statusOf(`/document/${other.document}/0`)).toBe(403);
  expect(await statusOf(`/document/${other.document}/1`)).toBe(403);
  expect(await statusOf(`/document/${own.document}/1`)).toBe(200);
  expect(await statusOf('/upload', 'PUT')).toBe(403);
  expect(await statusOf('/rpc/no.such', 'POST')).not.toBe(200);

  // Nothing of it moved, and the clerk’s way back still stands.
  await button(desk.page, 'Avbryt uten å signere').click();
  await button(desk.page.getByRole('dialog'), 'Avbryt uten å signere').click();
  await comeBack(desk.page, clerk.pin);
  await expect(desk.page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
  const { job } = await desk.call('job.get', { job: other.job });
  expect(job.state).toBe('open');
});
