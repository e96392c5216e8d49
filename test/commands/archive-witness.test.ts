/** `skranke archive witness`: what a script reads of an exchange. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDesk } from '../support/desk.ts';
import { signIn } from '../support/witness-office.ts';
import { makeHome, shippedCli, type Home, type Shipped } from './home.ts';
import { codeOf, newScene, only } from './scene.ts';

const scene = newScene();
let shipped: Shipped;
let home: Home;
beforeAll(async () => {
  shipped = await shippedCli();
  home = await makeHome(scene, shipped);
});
afterAll(() => {
  shipped.remove();
  scene.close();
});

it('writes, reads and reports, and its exit code says what came of it', async () => {
  const none = await home.ask('archive', 'witness');
  expect([none.code, codeOf(only(none))]).toEqual([2, 'witness.not-set']);

  const folders = { out: scene.path('ut'), in: scene.path('inn') };
  const desk = startDesk({ home: home.folder, background: false });
  await (await signIn(desk)).call('settings.witness', { folders });
  await desk.app.close();
  const away = await home.ask('archive', 'witness');
  expect(away.code).toBe(3);
  expect(only(away)).toMatchObject({ waits: ['witness.folder-missing'], head: null, alarms: [] });

  for (const folder of Object.values(folders)) mkdirSync(folder);
  const done = await home.ask('archive', 'witness');
  expect([done.code, done.stderr]).toEqual([0, '']);
  const [written] = readdirSync(folders.out);
  expect(only(done)).toMatchObject({ waits: [], read: 0, head: { file: written } });

  scene.put(join('inn', 'skranke-head-987654325-000000000001-00000000.json'), 'ikke til å lese');
  const refused = await home.ask('archive', 'witness');
  expect(refused.code).toBe(1);
  expect(only(refused)).toMatchObject({ problemCount: 1 });
  rmSync(folders.in, { recursive: true });
  expect((await home.ask('archive', 'witness')).code).toBe(3);
});
