/** The people of an office and their ways in, as they change from day to day. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aSigner,
  drawnMark,
  handOver,
  makeDraft,
  passphrase,
  pin,
  readAndConfirm,
  setUp,
  startDesk,
  until,
  type Client,
  type TestDesk,
} from '../support/desk.ts';

const minute = 60_000;
const lines: string[] = [];
let ahead = 0;
let desk: TestDesk;
let admin: Client;
let recoveryCode = '';
const clock = { now: () => new Date(Date.now() + ahead) };

beforeAll(async () => {
  desk = startDesk({ clock, uptime: () => 1e9 + ahead, log: (line) => lines.push(line) });
  admin = desk.visit();
  recoveryCode = await setUp(admin, 'Ada Admin');
});
afterAll(() => desk.close());

const state = (client: Client) => client.call('session.state', {});

async function addHandler(name: string, word: string) {
  const user = await admin.call('settings.addUser', {
    ...{ name, roles: ['handler'], passphrase: word, pin: '1111' },
  });
  return user.id;
}

async function signIn(user: string, word: string) {
  const client = desk.visit();
  await client.call('session.signIn', { user, passphrase: word });
  return client;
}

describe('one’s own passphrase and PIN', () => {
  it('change with the current passphrase alone, and the old ones stop working', async () => {
    const user = await addHandler('Siv Skifter', 'den første frasen');
    const siv = await signIn(user, 'den første frasen');
    expect(await state(siv)).toMatchObject({ passphraseGiven: true });
    expect(
      await siv.refusal('session.changePassphrase', { current: 'gjettet', next: 'min egen frase' }),
    ).toMatchObject({ code: 'archive.wrong-passphrase', detail: { seconds: 0 } });
    await siv.call('session.changePassphrase', {
      ...{ current: 'den første frasen', next: 'min egen frase' },
    });
    expect(await state(siv)).toMatchObject({ state: 'desk', passphraseGiven: false });
    expect(
      await siv.refusal('session.changePin', { passphrase: 'den første frasen', pin: '2222' }),
    ).toMatchObject({ code: 'archive.wrong-passphrase' });
    await siv.call('session.changePin', { passphrase: 'min egen frase', pin: '2222' });
    await siv.call('session.lock', {});
    expect(await siv.refusal('session.resume', { pin: '1111' })).toMatchObject({
      code: 'session.wrong-pin',
    });
    await siv.call('session.resume', { pin: '2222' });
    await siv.call('session.signOut', {});
    expect(
      await siv.refusal('session.signIn', { user, passphrase: 'den første frasen' }),
    ).toMatchObject({ code: 'archive.wrong-passphrase' });
    await siv.call('session.signIn', { user, passphrase: 'min egen frase' });
  });

  it('refuse what is too short before anything is computed', async () => {
    expect(
      await admin.refusal('session.changePassphrase', { current: passphrase, next: 'kort' }),
    ).toMatchObject({ code: 'rpc.invalid' });
    expect(await admin.refusal('session.changePin', { passphrase, pin: '12' })).toMatchObject({
      code: 'rpc.invalid',
    });
  });
});

describe('an administrator', () => {
  it('changes a user’s name and roles, which count at once at the user’s own screen', async () => {
    const user = await addHandler('Per Gammel', 'frasen til per');
    const per = await signIn(user, 'frasen til per');
    await per.call('job.create', { spec: {} });
    per.events.length = 0;
    await admin.call('settings.editUser', { user, name: 'Per Ny', roles: ['reader'] });
    expect(per.events.map(({ type }) => type)).toContain('session.changed');
    expect(await per.refusal('job.create', { spec: {} })).toMatchObject({ code: 'rpc.forbidden' });
    expect((await state(per)).user).toMatchObject({ name: 'Per Ny', roles: ['reader'] });
    await per.call('session.signOut', {});
    // By the new name, as the command line does; the old one is nobody's.
    await per.call('session.signIn', { user: 'per ny', passphrase: 'frasen til per' });
    expect(
      await desk.visit().refusal('session.signIn', {
        ...{ user: 'Per Gammel', passphrase: 'frasen til per' },
      }),
    ).toMatchObject({ code: 'archive.no-such-user' });
  });

  it('gives no two people one name', async () => {
    await addHandler('Else Eneste', 'frasen til else');
    expect(
      await admin.refusal('settings.addUser', {
        ...{ name: ' else eneste', roles: ['reader'], passphrase, pin },
      }),
    ).toMatchObject({ code: 'user.name-taken' });
    const [someone] = (await admin.call('settings.users', {})).filter(
      ({ name }) => name !== 'Else Eneste',
    );
    expect(
      await admin.refusal('settings.editUser', {
        ...{ user: someone?.id ?? '', name: 'ELSE ENESTE', roles: ['admin'] },
      }),
    ).toMatchObject({ code: 'user.name-taken' });
  });

  it('puts a user out at once, who cannot sign in until let in again with the same passphrase', async () => {
    const word = 'frasen til dag';
    const user = await addHandler('Dag Deaktivert', word);
    const dag = await signIn(user, word);
    const { job } = await dag.call('job.create', { spec: {} });
    dag.events.length = 0;
    expect(await admin.call('settings.deactivateUser', { user })).toMatchObject({ active: false });
    expect(dag.events.map(({ type }) => type)).toContain('session.changed');
    expect(await state(dag)).toMatchObject({ state: 'locked', user: null, resumeUser: null });
    expect(await dag.refusal('job.get', { job })).toMatchObject({ code: 'rpc.forbidden' });
    expect((await state(dag)).users.map(({ id }) => id)).not.toContain(user);
    // The way in itself is gone from beside the archive, not only the permission.
    expect(readFileSync(join(desk.home, 'slots.json'), 'utf8')).not.toContain(user);
    expect(await dag.refusal('session.signIn', { user, passphrase: word })).toMatchObject({
      code: 'archive.no-such-user',
    });
    expect(
      await dag.refusal('session.recover', { recoveryCode, user, passphrase: 'ny frase', pin }),
    ).toMatchObject({ code: 'session.refused' });
    expect(
      await admin.refusal('settings.resetPassphrase', { user, passphrase: 'ny frase', pin }),
    ).toMatchObject({ code: 'user.inactive' });
    await admin.call('settings.reactivateUser', { user });
    await dag.call('session.signIn', { user, passphrase: word });
    expect((await dag.call('job.get', { job })).job.createdBy).toBe(user);
  });

  it('closes a desk that waits for its user’s PIN, too, when the user is put out', async () => {
    const user = await addHandler('Lise Låst', 'frasen til lise');
    const lise = await signIn(user, 'frasen til lise');
    await lise.call('session.lock', {});
    await admin.call('settings.deactivateUser', { user });
    expect(await state(lise)).toMatchObject({ state: 'locked', resumeUser: null });
    expect(await lise.refusal('session.resume', { pin: '1111' })).toMatchObject({
      code: 'session.passphrase-needed',
    });
  });

  it('lets a signer finish whose clerk was put out meanwhile, and nobody come back by that PIN', async () => {
    const user = await addHandler('Kim Kiosk', 'frasen til kim');
    const kim = await signIn(user, 'frasen til kim');
    const made = await makeDraft(kim, [aSigner('Signe Eier')]);
    await kim.call('job.open', { job: made.job });
    await handOver(kim, made.job, made.signers[0]?.id ?? '');
    await admin.call('settings.deactivateUser', { user });
    const shown = await readAndConfirm(kim);
    await kim.call('signing.sign', { shown, mark: drawnMark });
    await kim.call('session.leave', { reason: 'done' });
    expect(await kim.refusal('session.resume', { pin: '1111' })).toMatchObject({
      code: 'session.passphrase-needed',
    });
    expect((await admin.call('job.get', { job: made.job })).job.signers).toMatchObject([
      { state: 'SIGNED' },
    ]);
  });

  it('is never without another administrator when the last one leaves or lays the role down', async () => {
    const me = (await state(admin)).user?.id ?? '';
    const lastOne = { code: 'user.last-administrator' };
    expect(await admin.refusal('settings.deactivateUser', { user: me })).toMatchObject(lastOne);
    expect(
      await admin.refusal('settings.editUser', {
        ...{ user: me, name: 'Ada Admin', roles: ['handler', 'reader'] },
      }),
    ).toMatchObject(lastOne);
    const second = await admin.call('settings.addUser', {
      ...{ name: 'Bo Bi-admin', roles: ['admin'], passphrase: 'frasen til bo', pin: '1111' },
    });
    await admin.call('settings.editUser', {
      ...{ user: me, name: 'Ada Admin', roles: ['handler', 'records', 'reader'] },
    });
    // From now on the other one decides.
    expect(await admin.refusal('settings.users', {})).toMatchObject({ code: 'rpc.forbidden' });
    const bo = await signIn(second.id, 'frasen til bo');
    expect(await bo.refusal('settings.deactivateUser', { user: second.id })).toMatchObject(lastOne);
    await bo.call('settings.editUser', {
      ...{ user: me, name: 'Ada Admin', roles: ['admin', 'handler', 'records', 'reader'] },
    });
    // One of two may go, and is out with the answer.
    await bo.call('settings.deactivateUser', { user: second.id });
    expect(await state(bo)).toMatchObject({ state: 'locked' });
    await admin.call('settings.users', {});
  });

  it('resets a passphrase somebody has forgotten, and is told apart from the owner of it', async () => {
    const user = await addHandler('Geir Glemt', 'glemt frase');
    const geir = await signIn(user, 'glemt frase');
    await admin.call('settings.resetPassphrase', { user, passphrase: 'midlertidig', pin: '3333' });
    // Whoever sat there with the old one is out.
    expect(await state(geir)).toMatchObject({ state: 'locked' });
    expect(await geir.refusal('session.signIn', { user, passphrase: 'glemt frase' })).toMatchObject(
      { code: 'archive.wrong-passphrase' },
    );
    expect(await geir.call('session.signIn', { user, passphrase: 'midlertidig' })).toMatchObject({
      passphraseGiven: true,
    });
    await geir.call('session.lock', {});
    await geir.call('session.resume', { pin: '3333' });
    const me = (await state(admin)).user?.id ?? '';
    expect(
      await admin.refusal('settings.resetPassphrase', { user: me, passphrase: 'ny frase', pin }),
    ).toMatchObject({ code: 'user.own-passphrase' });
    expect(
      await admin.refusal('settings.resetPassphrase', {
        ...{ user: 'ffffffff', passphrase: 'ny frase', pin },
      }),
    ).toMatchObject({ code: 'user.unknown' });
  });
});

describe('a forgotten passphrase of one’s own', () => {
  it('is replaced with the printed code, as somebody types it, and by nothing else', async () => {
    const user = await addHandler('Rune Redd', 'forsvunnet frase');
    const rune = desk.visit();
    const input = { user: 'rune redd', passphrase: 'ny og husket', pin: '4444' };
    expect(
      await rune.refusal('session.recover', { ...input, recoveryCode: 'AAAA-BBBB' }),
    ).toMatchObject({ code: 'archive.mistyped-recovery-code' });
    const typed = recoveryCode.toLowerCase().replaceAll('-', ' ');
    expect(
      await rune.refusal('session.recover', { ...input, user: 'Ingen', recoveryCode: typed }),
    ).toMatchObject({ code: 'archive.no-such-user' });
    expect(await rune.call('session.recover', { ...input, recoveryCode: typed })).toMatchObject({
      ...{ state: 'desk', user: { id: user }, passphraseGiven: false },
    });
    await rune.call('session.lock', {});
    await rune.call('session.resume', { pin: '4444' });
    await rune.call('session.signOut', {});
    expect(
      await rune.refusal('session.signIn', { user, passphrase: 'forsvunnet frase' }),
    ).toMatchObject({ code: 'archive.wrong-passphrase' });
    await rune.call('session.signIn', { user, passphrase: 'ny og husket' });
    // The others' ways in are as they were.
    await signIn('Ada Admin', passphrase);
  });

  it('opens an archive that nobody has open', async () => {
    const other = startDesk();
    const client = other.visit();
    const code = await setUp(client);
    await client.call('session.signOut', {});
    await client.call('session.recover', {
      ...{ recoveryCode: code, user: 'Kari Skrankevakt', passphrase: 'helt ny frase', pin },
    });
    expect(await client.call('job.list', { limit: 1 })).toMatchObject({ rows: [] });
    await other.close();
  });
});

describe('guessing', () => {
  it('is slowed down for the user, however the name is written, and told in the log without values', async () => {
    const user = await addHandler('Gro Gjettet', 'riktig for gro');
    const guesser = desk.visit();
    lines.length = 0;
    for (const typed of [user, 'gro gjettet', ' GRO GJETTET '])
      expect(
        await guesser.refusal('session.signIn', { user: typed, passphrase: 'Sommer2026!' }),
      ).toMatchObject({ code: 'archive.wrong-passphrase' });
    const waits = { code: 'session.wait', detail: { seconds: 5 } };
    expect(
      await guesser.refusal('session.signIn', {
        user: 'Gro Gjettet',
        passphrase: 'riktig for gro',
      }),
    ).toMatchObject(waits);
    // Another screen does not help, and another user is not kept out.
    expect(
      await desk.visit().refusal('session.signIn', { user, passphrase: 'riktig for gro' }),
    ).toMatchObject(waits);
    await signIn('Ada Admin', passphrase);
    const told = lines.join('\n');
    expect(told).toContain('session passphrase wrong: try 3, next in 5 s');
    expect(told).toContain('session passphrase too soon');
    expect(told).not.toMatch(/Gro|gro|Sommer|riktig/);
    expect(told).not.toContain(user);
    ahead += 5_000;
    await guesser.call('session.signIn', { user, passphrase: 'riktig for gro' });
  });

  it('is slowed down for tries made all at once', async () => {
    const user = await addHandler('Tor Travel', 'riktig for tor');
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        desk.visit().refusal('session.signIn', { user, passphrase: `gjett ${index}` }),
      ),
    );
    const codes = answers.map(({ code }) => code);
    expect(codes.filter((code) => code === 'archive.wrong-passphrase')).toHaveLength(3);
    expect(codes.filter((code) => code === 'session.wait')).toHaveLength(9);
  });
});

describe('a desk that nobody is at', () => {
  it('locks itself after the time the office chose, and shows nothing of the job', async () => {
    await admin.call('settings.lock', { minutes: 15 });
    const user = await addHandler('Ida Ikke-her', 'frasen til ida');
    const ida = await signIn(user, 'frasen til ida');
    const made = await makeDraft(ida, [aSigner('Signe Eier')]);
    const upload = await ida.upload(readFileSync(join(import.meta.dirname, 'access.test.ts')));
    // From now on: what went before has taken its own time.
    await admin.call('session.touch', {});
    ahead += 14 * minute;
    await admin.call('session.touch', {});
    await ida.call('session.touch', {});
    ahead += 14 * minute;
    await admin.call('session.touch', {});
    await ida.call('job.get', { job: made.job });
    ida.events.length = 0;
    ahead += minute;
    await until(() => ida.events.some(({ type }) => type === 'session.changed'));
    expect(await state(ida)).toMatchObject({
      ...{ state: 'locked', user: null },
      resumeUser: { id: user, name: 'Ida Ikke-her', from: 'desk' },
    });
    expect(await ida.refusal('job.get', { job: made.job })).toMatchObject({
      code: 'rpc.forbidden',
    });
    const document = made.documents[0]?.id ?? '';
    expect(desk.app.documents.open(ida.id, document, 0).ok).toBe(false);
    expect(desk.app.documents.open(ida.id, `upload:${upload}`, 0).ok).toBe(false);
    expect(await state(admin)).toMatchObject({ state: 'desk' });
    await ida.call('session.resume', { pin: '1111' });
    expect((await ida.call('job.get', { job: made.job })).job.id).toBe(made.job);
  });

  it('is not opened by somebody else’s PIN, but by their own passphrase', async () => {
    const ida = await signIn('Ida Ikke-her', 'frasen til ida');
    await ida.call('session.lock', {});
    expect(await ida.refusal('session.resume', { pin })).toMatchObject({
      code: 'session.wrong-pin',
    });
    const entered = await ida.call('session.signIn', { user: 'Ada Admin', passphrase });
    expect(entered.user?.name).toBe('Ada Admin');
  });

  it('locks at the first call after the machine has slept, before anything is answered', async () => {
    await admin.call('session.touch', {});
    const user = await addHandler('Siri Søvn', 'frasen til siri');
    const siri = await signIn(user, 'frasen til siri');
    await siri.call('job.list', { limit: 1 });
    ahead += 8 * 60 * minute;
    expect(await siri.refusal('job.list', { limit: 1 })).toMatchObject({ code: 'rpc.forbidden' });
    expect(await state(siri)).toMatchObject({ resumeUser: { from: 'desk' } });
  });

  it('does not lock while the clock is set back, nor for ever after', async () => {
    const siri = await signIn('Siri Søvn', 'frasen til siri');
    ahead -= 3 * 60 * minute;
    await siri.call('job.list', { limit: 1 });
    ahead += 14 * minute;
    await siri.call('job.list', { limit: 1 });
    ahead += 2 * minute;
    expect(await siri.refusal('job.list', { limit: 1 })).toMatchObject({ code: 'rpc.forbidden' });
  });
});
