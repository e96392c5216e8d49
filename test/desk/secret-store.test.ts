import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import {
  aSigner,
  makeDraft,
  passphrase,
  setUp,
  signAtKiosk,
  startAuthority,
  startDesk,
  until,
} from '../support/desk.ts';
import { osStore } from '../support/os-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'skranke-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('lets the program seal after a restart, while nobody can see anything without a passphrase', async () => {
  const secrets = osStore();
  const home = join(folder, 'home');
  const tsa = await startAuthority();
  const first = startDesk({ home, secrets });
  const clerk = first.visit();
  await setUp(clerk);
  const made = await makeDraft(clerk, [aSigner('Kari')]);
  await clerk.call('job.open', { job: made.job });
  await signAtKiosk(clerk, made.job, made.signers[0]?.id ?? '');
  // Nobody answers there yet; with the same address somebody will after the restart.
  const port = Number(new URL(tsa.timestamps.url).port);
  await tsa.timestamps.close();
  await clerk.call('settings.timestamps', { authorities: [{ url: tsa.timestamps.url }] });
  await first.app.close();

  const again = await startAuthority(port);
  const second = startDesk({ home, secrets });
  const visitor = second.visit();
  expect(await visitor.call('session.state', {})).toMatchObject({ state: 'locked' });
  expect(await visitor.refusal('job.get', { job: made.job })).toMatchObject({
    code: 'rpc.forbidden',
  });
  // Looked at from inside, as a user there is: nobody has signed in yet.
  const inside = second.visit();
  const { users } = await visitor.call('session.state', {});
  const user = users[0]?.id ?? '';
  second.app.sessions.set(inside.id, {
    state: 'operator',
    user,
    roles: ['reader'],
    units: ['office'],
  });
  await until(async () => {
    const { job } = await inside.call('job.get', { job: made.job });
    return job.state === 'sealed';
  });
  expect(await visitor.call('session.state', {})).toMatchObject({ state: 'locked' });
  await visitor.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
  expect((await visitor.call('job.get', { job: made.job })).job.state).toBe('sealed');
  await second.app.close();

  // Another account of the machine knows nothing, and does not take the slot away from the first.
  const third = startDesk({ home, secrets: osStore() });
  expect(await third.visit().call('session.state', {})).toMatchObject({ state: 'locked' });
  await third.app.close();
  await again.timestamps.close();
});
