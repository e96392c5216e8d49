/** A full disk, a clock set back, a database that is not ours to touch: said in a code, and nothing lost. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isolated } from '../archive/processes.ts';
import { checkEvidence } from '../support/check-evidence.ts';
import {
  aSigner,
  makeDraft,
  passphrase,
  pin,
  setUp,
  signAtKiosk,
  startAuthority,
  startDesk,
  until,
  type TestDesk,
} from '../support/desk.ts';

const folder = mkdtempSync(join(tmpdir(), 'skranke-hard-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a disk that becomes full while somebody signs', () => {
  it('refuses in a code, keeps nothing half, and goes on when there is room', () => {
    const mount = join(folder, 'disk');
    mkdirSync(mount);
    const script = join(import.meta.dirname, 'full-disk.ts');
    const output = isolated(`mount -t tmpfs -o size=24m,mode=700 tmpfs ${mount}`, [
      ...[process.execPath, script, mount],
    ]);
    if (output === null) return;
    expect(JSON.parse(output)).toEqual({
      refusals: ['archive.disk-full', 'archive.disk-full', 'archive.disk-full'],
      // What the signer has read is what there is.
      ...{ stillShown: 1, leftovers: [], declined: 'archive.disk-full' },
      ...{ signed: true, left: true, resting: 'locked' },
      ...{ state: 'open', signers: ['SIGNED', 'WAITING'], revisions: [2], problems: [] },
    });
  });
});

describe('a clock that is set back', () => {
  it('holds up no job, and the log stays in the order in which things happened', async () => {
    const authority = await startAuthority();
    let ahead = -3 * 3_600_000;
    const desk = startDesk({ clock: { now: () => new Date(Date.now() + ahead) } });
    const clerk = desk.visit();
    await setUp(clerk);
    ahead = 6 * 3_600_000;
    // Nine hours at once are a night: the desk has locked itself.
    await clerk.refusal('settings.get', {});
    await clerk.call('session.resume', { pin });
    await clerk.call('settings.timestamps', { authorities: [{ url: authority.timestamps.url }] });
    const made = await makeDraft(clerk, [aSigner('Kari Nordmann'), aSigner('Ola Nordmann', 1)]);
    await clerk.call('job.open', { job: made.job });
    ahead = 3_600_000;
    await signAtKiosk(clerk, made.job, made.signers[0]?.id ?? '');
    ahead = -2 * 3_600_000;
    await signAtKiosk(clerk, made.job, made.signers[1]?.id ?? '');
    const { job, events } = await until(async () => {
      const view = await clerk.call('job.get', { job: made.job });
      return view.job.state === 'sealed' && view;
    });
    // It really went backwards.
    const times = events.map(({ at }) => at);
    expect([...times].sort()).not.toEqual(times);
    expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
    expect((await clerk.call('archive.verify', {})).problems).toEqual([]);
    const document = job.documents[0]?.id ?? '';
    await clerk.call('settings.trust', { anchors: [authority.root] });
    const report = await clerk.call('verify.document', { document });
    expect(report.signatures.map(({ intact, changes }) => [intact, changes])).toEqual(
      report.signatures.map(() => [true, expect.stringMatching(/none|allowed/)]),
    );
    const out = join(folder, 'clock');
    await clerk.call('export.save', { jobs: [made.job], folder: out });
    const [name = ''] = readdirSync(out).filter((each) => !each.endsWith('.json'));
    const text = readFileSync(join(out, name, 'evidence.json'), 'utf8');
    expect(checkEvidence(JSON.parse(text) as Parameters<typeof checkEvidence>[0])).toEqual([]);
    await desk.close();
    await authority.timestamps.close();
  });

  it('does not put the next backup off by the hours it was set back', async () => {
    let ahead = 5 * 24 * 3_600_000;
    const desk = startDesk({ clock: { now: () => new Date(Date.now() + ahead) } });
    const clerk = desk.visit();
    await setUp(clerk);
    const drive = join(folder, 'drive');
    mkdirSync(drive);
    await clerk.call('settings.backup', { folder: drive, everyHours: 24 });
    const first = await clerk.call('settings.backupNow', {});
    ahead = 0;
    await clerk.call('session.signOut', {});
    await clerk.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
    // Signing in opens the archive, and what is due is done: a copy from the future counts as none.
    const last = await until(async () => {
      const { backup } = await clerk.call('settings.get', {});
      return backup.last !== null && backup.last.at < first.at && backup.last;
    });
    expect(last.tested).toBe(true);
    await desk.close();
  });
});

describe('at the sign-in', () => {
  let made: TestDesk;
  let desk: TestDesk | null = null;
  const code = { value: '' };

  beforeAll(async () => {
    made = startDesk({ home: join(folder, 'sound') });
    const clerk = made.visit();
    code.value = await setUp(clerk);
    await makeDraft(clerk, [aSigner('Kari Nordmann')]);
    await made.close();
  });
  afterEach(() => desk?.close());

  /** The archive as somebody left it, with what each of its files is. */
  function damaged(name: string, change: (home: string) => void) {
    const home = join(folder, name);
    cpSync(made.home, home, { recursive: true });
    change(home);
    const hashes = () =>
      Object.fromEntries(
        readdirSync(home, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]),
      );
    return { home, hashes, before: hashes() };
  }

  const rewrite = (path: string, change: (bytes: Buffer) => Buffer) =>
    writeFileSync(path, change(readFileSync(path)));
  const flipped = (at: number) => (bytes: Buffer) => {
    bytes.fill(0x55, at, at + 600);
    return bytes;
  };

  it.each<[string, string, (home: string) => void]>([
    [
      'was made by a newer program',
      'archive.newer',
      (home) =>
        rewrite(join(home, 'slots.json'), (bytes) =>
          Buffer.from(bytes.toString().replace(/"schema": \d+/, '"schema": 99')),
        ),
    ],
    ['is damaged', 'archive.damaged', (home) => rewrite(join(home, 'archive.db'), flipped(0))],
    [
      'is cut short',
      'archive.damaged',
      (home) => rewrite(join(home, 'archive.db'), (bytes) => bytes.subarray(0, 5000)),
    ],
    [
      'has a damaged keyring',
      'archive.damaged',
      (home) => rewrite(join(home, 'keyring.db'), flipped(0)),
    ],
    ['lacks its keyring', 'archive.damaged', (home) => rmSync(join(home, 'keyring.db'))],
    [
      'has unreadable slots',
      'archive.damaged',
      (home) => writeFileSync(join(home, 'slots.json'), '{'),
    ],
  ])('an archive that %s is refused in words and left as it is', async (what, expected, change) => {
    const { home, hashes, before } = damaged(what.replaceAll(' ', '-'), change);
    desk = startDesk({ home });
    const clerk = desk.visit();
    expect((await clerk.call('session.state', {})).state).toBe('locked');
    expect(
      await clerk.refusal('session.signIn', { user: 'Kari Skrankevakt', passphrase }),
    ).toMatchObject({ code: expected });
    expect(
      await clerk.refusal('session.recover', {
        ...{ recoveryCode: code.value, user: 'Kari Skrankevakt' },
        ...{ passphrase: 'en helt ny frase', pin: '1234' },
      }),
    ).toMatchObject({ code: expected });
    expect(await clerk.call('session.state', {})).toMatchObject({ state: 'locked', user: null });
    await desk.close();
    expect(hashes()).toEqual(before);
  });
});
