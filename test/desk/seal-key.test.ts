import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unlockWithPassphrase } from '../../electron/archive/keys.ts';
import { openArchive } from '../../electron/archive/open-archive.ts';
import { restoreArchive } from '../../electron/archive/restore.ts';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import type { HeldSealKey } from '../../electron/desk/held-seal-key.ts';
import { createSealSafe } from '../../electron/desk/seal-safe.ts';
import { settingsOf } from '../../electron/desk/settings-store.ts';
import { toPkcs12 } from '../../electron/eid/key-file-writing.ts';
import type { SealView } from '../../shared/rpc/views.ts';
import { unwrap } from '../../shared/result.ts';
import {
  aSigner,
  identityCheck,
  makeDraft,
  passphrase,
  setUp,
  signAtKiosk,
  startDesk,
  type Client,
  type TestDesk,
} from '../support/desk.ts';
import { osStore } from '../support/os-store.ts';
import { authority } from '../support/signing.ts';

const folder = mkdtempSync(join(tmpdir(), 'skranke-seal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sealWord = 'ord til nøkkelfilen';
const issued = authority.issue('Eksempel kommune', 'rsa-2048');
const pkcs8 = issued.key.privateKey.export({ type: 'pkcs8', format: 'der' });
const keyFile = new Uint8Array(
  toPkcs12({
    key: issued.key.privateKey,
    chain: [issued.certificate, ...issued.chain],
    passphrase: sealWord,
  }),
);

async function signIn(desk: TestDesk): Promise<Client> {
  const clerk = desk.visit();
  await clerk.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
  return clerk;
}

/** A home with a real seal; answers the code to restore it with. */
async function sealedHome(home: string, ports: Parameters<typeof startDesk>[0] = {}) {
  const desk = startDesk({ home, ...ports });
  const clerk = desk.visit();
  const code = await setUp(clerk);
  await clerk.call('settings.sealFromKeyFile', { bytes: keyFile, passphrase: sealWord });
  return { desk, clerk, code };
}

/** The settings as they stand, read past the desk. */
async function storedSettings(home: string, change?: (s: ReturnType<typeof settingsOf>) => void) {
  const { users } = JSON.parse(readFileSync(join(home, 'profile.json'), 'utf8')) as {
    users: { id: string }[];
  };
  const key = unwrap(await unlockWithPassphrase(home, users[0]?.id ?? '', passphrase));
  const archive = unwrap(openArchive({ home, key, clock: systemClock, random: nodeRandom }));
  try {
    const settings = settingsOf(archive);
    change?.(settings);
    return JSON.stringify(settings.all());
  } finally {
    archive.close();
  }
}

describe('a real seal where the system keeps no secrets', () => {
  const home = join(folder, 'without');
  let made: Awaited<ReturnType<typeof makeDraft>>;
  let stopped = '';

  beforeAll(async () => {
    const { desk, clerk } = await sealedHome(home);
    expect(await clerk.call('seal.state', {})).toMatchObject({ key: 'ready' });
    made = await makeDraft(clerk, [aSigner('Kari'), aSigner('Ola', 1)]);
    await clerk.call('job.open', { job: made.job });
    await signAtKiosk(clerk, made.job, made.signers[0]?.id ?? '');
    stopped = (await makeDraft(clerk, [aSigner('Stine')])).job;
    await clerk.call('job.open', { job: stopped });
    await clerk.call('job.cancel', { job: stopped, reason: 'Trukket' });
    await desk.app.close();
  });

  it('has nothing of the key in the settings but the file as it came', async () => {
    const stored = await storedSettings(home);
    expect(stored).toContain(Buffer.from(keyFile).toString('base64'));
    expect(stored).not.toContain(pkcs8.toString('base64'));
    expect(stored).not.toContain(sealWord);
  });

  it('is locked after a start, says so before a signer sits down, and opens for its passphrase', async () => {
    let ahead = 0;
    const clock = { now: () => new Date(Date.now() + ahead) };
    const desk = startDesk({ home, clock, uptime: () => 1e9 + ahead });
    const clerk = await signIn(desk);
    const second = made.signers[1]?.id ?? '';
    expect(await clerk.call('seal.state', {})).toMatchObject({ key: 'locked' });
    expect(await clerk.call('job.get', { job: made.job })).toMatchObject({
      sealProblem: 'seal.locked',
    });
    const call = { job: made.job, signer: second, identityCheck };
    expect(await clerk.refusal('session.handOver', call)).toMatchObject({ code: 'seal.locked' });
    // What has ended can be taken out, and the receipt says what it lacks.
    const taken = { jobs: [stopped], folder: join(folder, 'taken') };
    expect(await clerk.call('export.save', taken)).toMatchObject({ unsealed: 'seal.locked' });
    const draft = await makeDraft(clerk, [aSigner('Liv')]);
    expect(await clerk.refusal('job.open', { job: draft.job })).toMatchObject({
      code: 'seal.locked',
    });

    for (let tries = 0; tries < 3; tries++)
      expect(await clerk.refusal('seal.unlock', { passphrase: 'feil' })).toMatchObject({
        code: 'key.wrong-passphrase',
      });
    // The right one has to wait as well.
    expect(await clerk.refusal('seal.unlock', { passphrase: sealWord })).toMatchObject({
      code: 'session.wait',
    });
    ahead = 20_000;
    await clerk.call('seal.unlock', { passphrase: sealWord });
    expect(await clerk.call('export.save', taken)).toMatchObject({ unsealed: null });
    expect(await clerk.call('seal.state', {})).toMatchObject({ key: 'ready' });
    await clerk.call('job.open', { job: draft.job });
    await signAtKiosk(clerk, made.job, second);

    // The last one who leaves locks the archive and the seal with it.
    await clerk.call('session.signOut', {});
    const again = await signIn(desk);
    expect(await again.call('seal.state', {})).toMatchObject({ key: 'locked' });
    await desk.app.close();
  });

  it('leaves no usable key in a backup', async () => {
    const desk = startDesk({ home });
    const clerk = await signIn(desk);
    await clerk.call('seal.unlock', { passphrase: sealWord });
    const { recoveryCode } = await clerk.call('settings.newRecoveryCode', { passphrase });
    const drive = mkdtempSync(join(folder, 'drive-'));
    await clerk.call('settings.backupNow', { folder: drive });
    await desk.app.close();

    const elsewhere = join(folder, 'elsewhere');
    unwrap(
      restoreArchive({
        ...{ clock: systemClock, random: nodeRandom, folder: drive, home: elsewhere },
        recoveryCode,
      }),
    );
    const other = startDesk({ home: elsewhere });
    const there = await signIn(other);
    expect(await there.call('seal.state', {})).toMatchObject({ key: 'locked' });
    const draft = await makeDraft(there, [aSigner('Liv')]);
    expect(await there.refusal('job.open', { job: draft.job })).toMatchObject({
      code: 'seal.locked',
    });
    await other.app.close();
    const stored = await storedSettings(elsewhere);
    expect(stored).toContain(Buffer.from(keyFile).toString('base64'));
    expect(stored).not.toContain(pkcs8.toString('base64'));
  });
});

describe('a real seal where the system keeps secrets', () => {
  it('is ready after a start, for this account alone, and never lies open on the disk', async () => {
    const home = join(folder, 'with');
    const secrets = osStore();
    const { desk } = await sealedHome(home, { secrets });
    await desk.app.close();
    const file = readFileSync(join(home, 'seal-keys.json'), 'utf8');
    expect(file).not.toContain(pkcs8.toString('base64'));

    const same = startDesk({ home, secrets });
    expect(await (await signIn(same)).call('seal.state', {})).toMatchObject({ key: 'ready' });
    await same.app.close();
    const other = startDesk({ home, secrets: osStore() });
    expect(await (await signIn(other)).call('seal.state', {})).toMatchObject({ key: 'locked' });
    await other.app.close();
  });
});

describe('an archive of an older program, which kept the key itself', () => {
  async function olderHome(home: string): Promise<void> {
    const { desk } = await sealedHome(home);
    await desk.app.close();
    await storedSettings(home, (settings) => {
      const seal = settings.get('seal');
      if (seal === null) throw new Error('there is no seal');
      const { keyFile: _, ...rest } = seal;
      settings.put('seal', { ...rest, key: pkcs8.toString('base64') }, 'system');
    });
  }

  it('moves it to the system’s store', async () => {
    const home = join(folder, 'older-with');
    await olderHome(home);
    const secrets = osStore();
    for (const _ of ['the first start', 'the second']) {
      const desk = startDesk({ home, secrets });
      const clerk = await signIn(desk);
      expect(await clerk.call('seal.state', {})).toMatchObject({ key: 'ready' });
      await desk.app.close();
    }
    expect(await storedSettings(home)).not.toContain(pkcs8.toString('base64'));
  });

  it('drops it where there is none: the day is finished, then the file has to be given again', async () => {
    const home = join(folder, 'older-without');
    await olderHome(home);
    const first = startDesk({ home });
    const clerk = await signIn(first);
    expect((await clerk.call('settings.get', {})).seal).toMatchObject({
      ...{ key: 'ready', untilRestart: true },
    });
    await first.app.close();
    expect(await storedSettings(home)).not.toContain(pkcs8.toString('base64'));

    const second = startDesk({ home });
    const later = await signIn(second);
    expect(await later.call('seal.state', {})).toMatchObject({ key: 'missing' });
    expect(await later.refusal('seal.unlock', { passphrase: sealWord })).toMatchObject({
      code: 'seal.key-missing',
    });
    await later.call('settings.sealFromKeyFile', { bytes: keyFile, passphrase: sealWord });
    expect(await later.call('seal.state', {})).toMatchObject({ key: 'ready' });
    await second.app.close();
  });
});

it('overwrites the key in memory when it is let go', () => {
  const seen: (HeldSealKey | null)[] = [];
  const useSealKey = (key: HeldSealKey | null) => void seen.push(key);
  const safe = createSealSafe({ home: folder, store: null, work: { useSealKey } });
  const key = { certificate: 'ab'.repeat(32), pkcs8: new Uint8Array([1, 2, 3]) };
  safe.hold(key);
  safe.lock();
  expect(safe.held()).toBe(null);
  expect(seen.at(-1)).toBe(null);
  expect([...key.pkcs8]).toEqual([0, 0, 0]);
});

it('refuses a key file that is open to anybody', async () => {
  const desk = startDesk();
  const clerk = desk.visit();
  await setUp(clerk);
  const open = toPkcs12({
    ...{ key: issued.key.privateKey, chain: [issued.certificate], passphrase: '' },
  });
  const bytes = new Uint8Array(open);
  expect(await clerk.refusal('settings.sealFromKeyFile', { bytes, passphrase: '' })).toMatchObject({
    code: 'seal.unprotected',
  });
  await desk.close();
});

describe('certificates that run out', () => {
  it.each([
    [91, null],
    [90, 90],
    [31, 90],
    [30, 30],
    [8, 30],
    [7, 7],
    [0, 7],
    [-1, 0],
  ])('%i days before the end the step is %s', async (days, step) => {
    const { notAfter } = (await ending()).view.certificate;
    at = Date.parse(notAfter) - days * 86_400_000;
    const { due } = await (await ending()).clerk.call('seal.state', {});
    const seal = due.find(({ of }) => of === 'seal');
    expect(seal?.step ?? null).toBe(step);
    if (seal !== undefined) expect(seal.daysLeft).toBe(days);
  });

  it('are dismissed by one user, one step at a time, but not when they have run out', async () => {
    const { clerk, view } = await ending();
    const end = Date.parse(view.certificate.notAfter);
    at = end - 60 * 86_400_000;
    const certificate = view.certificate.fingerprint;
    const open = async () =>
      (await clerk.call('seal.state', {})).due.filter((one) => one.of === 'seal' && !one.dismissed);
    expect(await open()).toHaveLength(1);
    await clerk.call('seal.dismiss', { certificate, step: 90 });
    expect(await open()).toEqual([]);
    at = end - 20 * 86_400_000;
    expect(await open()).toHaveLength(1);
    at = end + 86_400_000;
    expect(await open()).toHaveLength(1);
    // Said before anybody is called.
    const { job } = await makeDraft(clerk, [aSigner('Kari')]);
    expect(await clerk.call('job.get', { job })).toMatchObject({ sealProblem: 'seal.expired' });
    expect(await clerk.refusal('job.open', { job })).toMatchObject({ code: 'seal.expired' });
  });

  let at = 0;
  let made: Promise<{
    clerk: Client;
    view: SealView;
  }> | null = null;
  let desk: TestDesk;
  /** One desk whose seal ends in a year, looked at from other days. */
  function ending() {
    made ??= (async () => {
      const clock = { now: () => new Date(at === 0 ? Date.now() : at) };
      desk = startDesk({ clock, background: false });
      const clerk = desk.visit();
      await setUp(clerk);
      const notAfter = new Date(Math.floor(Date.now() / 1000) * 1000 + 365 * 86_400_000);
      const leaf = authority.issue('Segl som går ut', 'p-256', { notAfter });
      const bytes = new Uint8Array(
        toPkcs12({
          ...{ key: leaf.key.privateKey, chain: [leaf.certificate], passphrase: sealWord },
        }),
      );
      const view = await clerk.call('settings.sealFromKeyFile', { bytes, passphrase: sealWord });
      return { clerk, view };
    })();
    return made;
  }
  afterAll(() => desk.close());
});
