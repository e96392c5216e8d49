/** Two hosts and the command line on one data folder: what one does, the others know. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type Browser } from '../support/browser.ts';
import { spawnCli } from '../support/cli.ts';
import {
  aSigner,
  handOver,
  makeDraft,
  passphrase,
  samplePath,
  setUp,
  signAtKiosk,
  startAuthority,
  until,
  type TestAuthority,
} from '../support/desk.ts';
import { hostOn, startHostProcess, type HostProcess } from '../support/host-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'skranke-two-'));
const home = join(folder, 'home');
const word = 'frasen til den andre';
let hosts: readonly HostProcess[] = [];
let first: Browser;
let second: Browser;
let secondUser = '';
let authority: TestAuthority;

beforeAll(async () => {
  authority = await startAuthority();
  const one = await startHostProcess(hostOn(home));
  first = await openBrowser(one.url);
  await setUp(first);
  const user = await first.call('settings.addUser', {
    ...{ name: 'Siv Sidemann', roles: ['handler', 'admin'], passphrase: word, pin: '4711' },
  });
  secondUser = user.id;
  const two = await startHostProcess(hostOn(home));
  second = await openBrowser(two.url);
  await second.call('session.signIn', { user: secondUser, passphrase: word });
  hosts = [one, two];
});
afterAll(async () => {
  first.close();
  second.close();
  await Promise.all(hosts.map((host) => host.end()));
  await authority.timestamps.close();
  rmSync(folder, { recursive: true, force: true });
});

const hears = (browser: Browser, type: string) =>
  until(() => browser.events.some((event) => event.type === type));

describe('two programs on one data folder', () => {
  it('tell their windows what the other one did', async () => {
    first.events.length = 0;
    const { job } = await second.call('job.create', { spec: { title: 'Fra den andre' } });
    await hears(first, 'archive.changed');
    await hears(first, 'counts');
    expect((await first.call('job.get', { job })).job.spec.title).toBe('Fra den andre');
    expect((await first.call('job.list', { search: 'den andre', limit: 5 })).rows).toHaveLength(1);
  });

  it('tell what the command line did', async () => {
    const spec = join(folder, 'job.json');
    writeFileSync(
      spec,
      JSON.stringify({
        ...{ title: 'Fra kommandolinjen', documents: [{ file: samplePath }] },
        ...{ signers: [{ name: 'Kari Nordmann' }], fields: [] },
      }),
    );
    first.events.length = 0;
    second.events.length = 0;
    const args = ['job', 'create', spec, '--home', home, '--user', 'Siv Sidemann', '--json'];
    const run = await spawnCli(args, { env: { SKRANKE_PASSPHRASE: word } });
    expect(run.stderr).toBe('');
    const { job } = JSON.parse(run.stdout) as { job: string };
    for (const browser of [first, second]) {
      await hears(browser, 'archive.changed');
      expect((await browser.call('job.get', { job })).job.documents).toHaveLength(1);
    }
  });

  it('share their settings at once', async () => {
    first.events.length = 0;
    await second.call('settings.kiosk', { idleSeconds: 222 });
    await hears(first, 'settings.changed');
    expect((await first.call('session.state', {})).idleSeconds).toBe(222);
  });

  it('refuse to edit what the other one has changed meanwhile', async () => {
    const { job, version } = await first.call('job.create', { spec: { title: 'En' } });
    const { job: seen } = await second.call('job.get', { job });
    const edit = { job, titles: {}, order: [] };
    await first.call('job.edit', {
      ...edit,
      version,
      spec: { ...seen.spec, signers: [], fields: [], title: 'To' },
    });
    expect(
      await second.refusal('job.edit', {
        ...edit,
        version,
        spec: { ...seen.spec, signers: [], fields: [], title: 'Tre' },
      }),
    ).toMatchObject({ code: 'job.moved' });
    expect((await second.call('job.get', { job })).job.spec.title).toBe('To');
  });

  it('call one signer to one kiosk', async () => {
    const made = await makeDraft(first, [aSigner('Kari Nordmann')]);
    await first.call('job.open', { job: made.job });
    const signer = made.signers[0]?.id ?? '';
    await handOver(first, made.job, signer);
    expect(
      await second.refusal('session.handOver', {
        ...{ job: made.job, signer, identityCheck: { method: 'known', note: 'x' } },
      }),
    ).toMatchObject({ code: 'job.at-kiosk' });
    await first.call('session.takeBack', { pin: '4711' });
  });

  it('seal once, however many of them try', async () => {
    const made = await makeDraft(first, [aSigner('Kari Nordmann')]);
    await first.call('job.open', { job: made.job });
    await signAtKiosk(first, made.job, made.signers[0]?.id ?? '');
    await until(async () => {
      const { job } = await second.call('job.get', { job: made.job });
      return job.state === 'signed' && job.sealDeferred !== null;
    });
    const url = authority.timestamps.url;
    await second.call('settings.timestamps', { authorities: [{ url }] });
    const tries = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        (index % 2 === 0 ? first : second).try('sealing.seal', { job: made.job }),
      ),
    );
    for (const tried of tries) if (!tried.ok) expect(tried.error.code).toBe('sealing.running');
    const { job, events } = await until(async () => {
      const view = await first.call('job.get', { job: made.job });
      return view.job.state === 'sealed' && view;
    });
    expect(events.filter(({ event }) => event.type === 'sealed')).toHaveLength(1);
    // Opened, signed, sealed: one revision each after the document as it came.
    expect(job.revisions.map(({ revision }) => revision)).toEqual([3]);
    expect((await second.call('archive.verify', {})).problems).toEqual([]);
  });

  it('put out at once whom an administrator puts out at the other one', async () => {
    await second.call('job.list', { limit: 1 });
    second.events.length = 0;
    await first.call('settings.deactivateUser', { user: secondUser });
    // The very next call, before anybody has told that program anything.
    expect(await second.refusal('job.list', { limit: 1 })).toMatchObject({ code: 'rpc.forbidden' });
    await hears(second, 'session.changed');
    await first.call('settings.reactivateUser', { user: secondUser });
    await second.call('session.signIn', { user: secondUser, passphrase: word });
  });

  it('free the kiosk that one of them took along when it was killed', async () => {
    const made = await makeDraft(second, [aSigner('Kari Nordmann')]);
    await second.call('job.open', { job: made.job });
    await handOver(second, made.job, made.signers[0]?.id ?? '');
    await hosts[1]?.end('SIGKILL');
    const events = await until(async () => {
      const view = await first.call('job.get', { job: made.job });
      return view.job.state === 'open' && view.job.atKiosk === null && view.events;
    });
    expect(events.at(-1)).toMatchObject({ event: { type: 'handed-back', reason: 'lost' } });
    expect((await first.call('archive.verify', {})).problems).toEqual([]);
    // What the dead one left open keeps nobody from signing in.
    await first.call('session.signOut', {});
    await first.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
  });
});
