/** `skranke job send` and `skranke sync`: a job to the service and back, by the command line alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passphrase, startDesk } from '../support/desk.ts';
import { filePassphrase, postenDraft, usePosten } from '../support/posten/desk.ts';
import { startStandIn, type StandIn } from '../support/posten/stand-in.ts';
import { makeHome, shippedCli, type Home, type Shipped } from './home.ts';
import { codeOf, newScene, only } from './scene.ts';

const scene = newScene();
let service: StandIn;
let shipped: Shipped;
let home: Home;
let job = '';

beforeAll(async () => {
  service = await startStandIn({ pollWait: 0, publicSenders: ['123456785'] });
  shipped = await shippedCli();
  home = await makeHome(scene, shipped);
  const desk = startDesk({ home: home.folder, background: false });
  const clerk = desk.visit();
  const { users } = await clerk.call('session.state', {});
  await clerk.call('session.signIn', { user: users[0]?.id ?? '', passphrase });
  await usePosten(clerk, service);
  job = await postenDraft(clerk, 'portal');
  await desk.close();
  scene.put('posten', `${filePassphrase}\n`);
});
afterAll(async () => {
  await service.close();
  shipped.remove();
  scene.close();
});

const sync = () => home.ask('sync', '--once', '--posten-passphrase-file', scene.path('posten'));
const stateOf = async () =>
  (only(await home.ask('job', 'show', job))['job'] as { readonly state: string }).state;

describe('skranke sync --once', () => {
  it('sends what waits, and brings back what is signed', async () => {
    expect((await home.ask('job', 'send', job)).code).toBe(0);
    expect(await stateOf()).toBe('at-service');
    const sent = await sync();
    expect([sent.code, sent.stderr]).toEqual([0, '']);
    expect(only(sent)).toMatchObject({ trouble: null, waiting: 0, strangers: 0 });
    service.signPortal(1, 0);
    for (let round = 0; round < 5 && (await stateOf()) !== 'returned'; round++)
      expect((await sync()).code).toBe(0);
    expect(await stateOf()).toBe('returned');
  });

  it('says that the certificate is locked, and that nothing is set up', async () => {
    const locked = await home.ask('sync', '--once');
    expect([locked.code, codeOf(only(locked))]).toEqual([2, 'posten.locked']);
    const other = await makeHome(scene, { ...shipped, name: 'other' });
    const off = await other.ask('sync', '--once');
    expect([off.code, codeOf(only(off))]).toEqual([2, 'posten.off']);
  });

  it('is out of reach, and loses nothing, where the service does not answer', async () => {
    await service.close();
    const away = await sync();
    expect(away.code).toBe(3);
    expect(only(away)['trouble']).toMatch(/^posten\./);
  });
});
