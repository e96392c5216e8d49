import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openArchive } from '../../electron/archive/open-archive.ts';
import { layoutOf } from '../../electron/archive/layout.ts';
import { restoreArchive } from '../../electron/archive/restore.ts';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import type { CountersignatureFile, HeadFile } from '../../electron/desk/witness-files.ts';
import { unwrap } from '../../shared/result.ts';
import { clockAt, random } from '../archive/scene.ts';
import { writeAnew } from '../archive/write-anew.ts';
import { passphrase, startDesk } from '../support/desk.ts';
import * as offices from '../support/witness-office.ts';
import { newFolder, newOffice, type TestOffice } from '../support/witness-office.ts';

afterAll(offices.cleanUp);

const numbers = ['987654325', '923456783', '123456785'] as const;

async function twoOffices(): Promise<readonly [TestOffice, TestOffice]> {
  const [one, other] = [newFolder('ab'), newFolder('ba')];
  const a = await newOffice('Aust kommune', numbers[0], { out: one, in: other });
  const b = await newOffice('Bø kommune', numbers[1], { out: other, in: one });
  return [a, b];
}

const exchange = ({ clerk }: TestOffice) => clerk.call('archive.witness', {});
const work = async ({ clerk }: TestOffice, title: string) =>
  clerk.call('job.create', { spec: { title } });
const close = async (...all: readonly TestOffice[]) => {
  for (const { desk } of all) await desk.close();
};
const alarmsIn = async ({ clerk }: TestOffice) =>
  (await clerk.call('archive.officeLog', { limit: 200 })).rows.flatMap(({ event }) =>
    event.type === 'witness-alarm' ? [event.code] : [],
  );
const codes = (report: { readonly problems: readonly { readonly code: string }[] }) =>
  report.problems.map(({ code }) => code);

describe('two offices that exchange where their logs stand', () => {
  it('countersign each other, keep it beside the log, and find it there', async () => {
    const [a, b] = await twoOffices();
    await work(a, 'Leieavtale');
    const first = await exchange(a);
    expect(first).toMatchObject({ waits: [], read: 0, problemCount: 0 });
    expect(await exchange(b)).toMatchObject({ countersigned: 1, problems: [], waits: [] });
    const second = await exchange(a);
    expect(second).toMatchObject({ countersigned: 1, kept: 1, problems: [] });
    expect(await exchange(b)).toMatchObject({ kept: 1, countersigned: 1, problems: [] });
    // What is known is not done again; b's countersignatures of a's two heads are.
    expect(await exchange(a)).toMatchObject({ kept: 1, problems: [] });

    const view = await a.clerk.call('archive.witnesses', {});
    expect(view.offices).toMatchObject([{ number: b.number, name: b.name, alarm: null }]);
    expect(view.offices[0]?.pin).toMatchObject({ trial: false, subject: b.name });
    expect(view.witnessed?.authority).toBe(`${b.name} (${b.number})`);
    expect((await a.clerk.call('archive.verify', {})).problems).toEqual([]);
    const log = await b.clerk.call('archive.officeLog', { limit: 100 });
    const seen = log.rows.filter(({ event }) => event.type === 'witnessed');
    expect(seen.length).toBeGreaterThanOrEqual(2);
    const text = readdirSync(a.folders.out).join() + JSON.stringify(offices.filesIn(a.folders.out));
    expect(text).not.toContain('Leieavtale');
    expect(text).not.toContain('Skrankevakt');
    await close(a, b);
  });

  it('find a history that was written anew, with every anchor removed, by the other’s file', async () => {
    const [a, b] = await twoOffices();
    await work(a, 'Leieavtale');
    await exchange(a);
    await exchange(b);
    expect(await exchange(a)).toMatchObject({ kept: 1 });
    await work(a, 'Kjøpekontrakt');
    const seen = (await a.clerk.call('archive.witnesses', {})).witnessed?.seq ?? 0;
    expect(seen).toBeGreaterThan(0);
    const key = await offices.archiveKey(a.desk.home);
    await a.desk.app.close();

    const { home } = a.desk;
    writeAnew({ home, key, clock: clockAt(), random }, { keepAnchors: false });
    rmSync(layoutOf(home).anchors, { recursive: true });
    const later = startDesk({ background: false, home });
    const clerk = await offices.signIn(later);
    // Whoever has the key has made everything right again: nothing in the house speaks against it.
    expect((await clerk.call('archive.verify', {})).problems).toEqual([]);

    await clerk.call('seal.unlock', { passphrase: offices.sealWord });
    const report = await clerk.call('archive.witness', {});
    expect(codes(report)).toContain('witness.own-history');
    const found = await clerk.call('archive.verify', {});
    expect(found.problems).toContainEqual({ code: 'anchor.differs', place: `event ${seen}` });
    expect(await alarmsIn({ ...a, clerk })).toEqual(['witness.own-history']);
    // Told once in the log, however often the file comes in.
    await clerk.call('archive.witness', {});
    expect(await alarmsIn({ ...a, clerk })).toEqual(['witness.own-history']);

    // And the other office sees that it is another past as soon as its end comes to where it was.
    const theirs = await exchange(b);
    expect(theirs.countersigned + theirs.problemCount).toBeGreaterThan(0);
    await later.app.close();
    await close(b);
  });

  it('never countersign a place that says something else, or a log that lost its end', async () => {
    const [a, b] = await twoOffices();
    await exchange(a);
    await exchange(b);
    const { file } = offices.filesIn(a.folders.out)[0] ?? {};
    const { statement } = file as HeadFile;
    const at = new Date().toISOString();
    const other = await offices.forged(
      { ...statement, hash: 'ab'.repeat(32), at },
      a.seal as never,
    );
    writeFileSync(join(a.folders.out, offices.witnessFileName(other)), JSON.stringify(other));
    expect(codes(await exchange(b))).toEqual(['witness.history-rewritten']);
    expect(await alarmsIn(b)).toEqual(['witness.history-rewritten']);
    const known = (await b.clerk.call('archive.witnesses', {})).offices[0];
    const accept = { office: a.number, at: known?.alarm?.at ?? '' };
    expect(await b.clerk.refusal('settings.acceptWitness', accept)).toMatchObject({
      code: 'witness.history-rewritten',
    });
    // Nothing of this office is countersigned any more, however well it looks.
    await work(a, 'Avtale');
    await exchange(a);
    expect(await exchange(b)).toMatchObject({ countersigned: 0 });
    await close(a, b);

    const [c, d] = await twoOffices();
    await exchange(c);
    await exchange(d);
    const head = (offices.filesIn(c.folders.out)[0]?.file as HeadFile).statement;
    const later = new Date().toISOString();
    const shorter = await offices.forged(
      { ...head, seq: head.seq - 1, hash: 'cd'.repeat(32), at: later },
      c.seal as never,
    );
    const backwards = await offices.forged(
      { ...head, archive: 'ef'.repeat(16), seq: 1, at: later },
      c.seal as never,
    );
    for (const one of [shorter, backwards])
      writeFileSync(join(c.folders.out, offices.witnessFileName(one)), JSON.stringify(one));
    expect(codes(await exchange(d))).toEqual([
      'witness.history-rewritten',
      'witness.history-rewritten',
    ]);
    await close(c, d);
  });

  it('know an archive again that was restored from before they had met', async () => {
    const [a, b] = await twoOffices();
    const drive = newFolder('drive');
    await a.clerk.call('settings.backupNow', { folder: drive });
    for (const title of ['Én', 'To', 'Tre', 'Fire']) await work(a, title);
    await exchange(a);
    await exchange(b);
    await a.desk.app.close();
    const home = join(newFolder('restored'), 'home');
    const { recoveryCode } = a;
    unwrap(
      restoreArchive({
        ...{ clock: systemClock, random: nodeRandom, folder: drive, home, recoveryCode },
      }),
    );
    const restored = startDesk({ background: false, home });
    const again: TestOffice = { ...a, desk: restored, clerk: await offices.signIn(restored) };
    await again.clerk.call('settings.witness', { folders: a.folders });
    await again.clerk.call('seal.unlock', { passphrase: offices.sealWord });
    // Even a backup from before the first exchange is the same archive, and says that it went back.
    const report = await exchange(again);
    expect(report.head).not.toBe(null);
    expect(codes(report)).toEqual(['witness.gone-back']);
    expect(codes(await exchange(b))).toEqual(['witness.gone-back']);
    await close(again, b);
  });

  it('tell a restore from a rewriting, by what the office says of it', async () => {
    const [a, b] = await twoOffices();
    await exchange(a);
    await exchange(b);
    const drive = newFolder('drive');
    await a.clerk.call('settings.backupNow', { folder: drive });
    for (const title of ['Én', 'To', 'Tre', 'Fire', 'Fem', 'Seks']) await work(a, title);
    await exchange(a);
    expect(await exchange(b)).toMatchObject({ countersigned: 1 });
    await a.desk.app.close();
    const home = join(newFolder('restored'), 'home');
    const { recoveryCode } = a;
    unwrap(
      restoreArchive({
        ...{ clock: systemClock, random: nodeRandom, folder: drive, home, recoveryCode },
      }),
    );
    const restored = startDesk({ background: false, home });
    const again: TestOffice = { ...a, desk: restored, clerk: await offices.signIn(restored) };
    await again.clerk.call('seal.unlock', { passphrase: offices.sealWord });
    // The other's word over what the restore lost is no alarm; what is still there is kept.
    const report = await exchange(again);
    expect(codes(report)).toEqual(['witness.gone-back']);
    expect(report.kept).toBe(1);
    expect(await alarmsIn(again)).toEqual([]);
    expect((await again.clerk.call('archive.verify', {})).problems).toEqual([]);

    expect(codes(await exchange(b))).toEqual(['witness.gone-back']);
    expect(codes(await exchange(b))).toEqual(['witness.gone-back']);
    expect(await alarmsIn(b)).toEqual(['witness.gone-back']);
    const { alarm } = (await b.clerk.call('archive.witnesses', {})).offices[0] ?? {};
    const accept = { office: a.number, at: alarm?.at ?? '' };
    const key = await offices.archiveKey(b.desk.home);
    const ports = { home: b.desk.home, key, clock: systemClock, random: nodeRandom };
    const another = unwrap(openArchive(ports));
    expect(another.lease('witness', 60_000)).toBe(true);
    expect(await b.clerk.refusal('settings.acceptWitness', accept)).toMatchObject({
      code: 'witness.busy',
    });
    another.releaseLease('witness');
    another.close();
    await b.clerk.call('settings.acceptWitness', accept);
    expect(await exchange(b)).toMatchObject({ countersigned: 1, problems: [] });
    await work(again, 'Sju');
    await exchange(again);
    expect(await exchange(b)).toMatchObject({ countersigned: 1, problems: [] });
    expect((await exchange(again)).kept).toBeGreaterThan(0);
    await close(again, b);
  });

  it('ask before they believe another key, and go on under the one they know', async () => {
    const [a, b] = await twoOffices();
    await exchange(a);
    await exchange(b);
    const { statement } = offices.filesIn(a.folders.out)[0]?.file as HeadFile;
    const stranger = offices.realSeal('Aust kommune', a.number);
    const at = new Date().toISOString();
    const theirs = await offices.forged({ ...statement, seq: statement.seq + 50, at }, stranger);
    writeFileSync(join(a.folders.out, offices.witnessFileName(theirs)), JSON.stringify(theirs));
    await work(a, 'Avtale');
    await exchange(a);
    const report = await exchange(b);
    expect(codes(report)).toEqual(['witness.key-changed']);
    expect(report.countersigned).toBe(1);

    // The office itself has a new certificate now.
    await a.clerk.call('settings.get', {});
    rmSync(join(a.folders.out, offices.witnessFileName(theirs)));
    const renewed = offices.realSeal('Aust kommune', a.number);
    await offices.useSeal(a.clerk, renewed);
    await exchange(a);
    expect(await exchange(b)).toMatchObject({ countersigned: 0 });
    const { alarm, pin } = (await b.clerk.call('archive.witnesses', {})).offices[0] ?? {};
    expect(alarm?.code).toBe('witness.key-changed');
    expect(alarm?.pin.fingerprint).not.toBe(pin?.fingerprint);
    const office = a.number;
    expect(
      await b.clerk.refusal('settings.acceptWitness', { office, at: '2026-01-01T00:00:00.000Z' }),
    ).toMatchObject({ code: 'witness.nothing-to-accept' });
    await b.clerk.call('settings.acceptWitness', { office, at: alarm?.at ?? '' });
    expect((await exchange(b)).countersigned).toBe(1);
    await close(a, b);
  });
});

describe('three offices over one folder', () => {
  it('each see the two others, and take their own files for what they are', async () => {
    const shared = newFolder('shared');
    const all: TestOffice[] = [];
    for (const [index, name] of ['Aust', 'Bø', 'Con'].entries())
      all.push(
        await newOffice(
          ...([name, numbers[index] ?? '', { out: shared, in: shared }] as const),
          index === 2 ? 'trial' : 'real',
        ),
      );
    for (let round = 0; round < 3; round++)
      for (const office of all) expect((await exchange(office)).problems).toEqual([]);
    for (const office of all) {
      const view = await office.clerk.call('archive.witnesses', {});
      expect(view.offices.map(({ number }) => number).sort()).toEqual(
        numbers.filter((number) => number !== office.number).sort(),
      );
      expect((await office.clerk.call('archive.verify', {})).problems).toEqual([]);
    }
    const trial = offices
      .filesIn(shared)
      .filter(({ file }) => file.statement.office.number === numbers[2]);
    expect(trial.every(({ file }) => file.statement.trial)).toBe(true);
    const seen = (await all[0]?.clerk.call('archive.witnesses', {}))?.offices;
    expect(seen?.find(({ number }) => number === numbers[2])?.pin.trial).toBe(true);
    await close(...all);
  });
});

describe('what comes in and is not as it should be', () => {
  it('is refused with its own code, or skipped and counted, and nothing breaks', async () => {
    const [a, b] = await twoOffices();
    await exchange(a);
    await exchange(b);
    await exchange(a);
    const head = offices.filesIn(a.folders.out).find(({ name }) => name.includes('-head-'))
      ?.file as HeadFile;
    const theirs = offices.filesIn(b.folders.out).find(({ name }) => name.includes('-countersig'))
      ?.file as CountersignatureFile;
    const c = offices.realSeal('Con', numbers[2]);
    const name = (seq: number) =>
      `skranke-head-${numbers[2]}-${String(seq).padStart(12, '0')}-00000000.json`;
    const statement: HeadFile['statement'] = {
      ...head.statement,
      ...{ archive: '0'.repeat(32), office: { name: 'Con', number: numbers[2] } },
    };
    const now = Date.now();
    const expired = offices.realSeal('Con', numbers[2], {
      notBefore: new Date(now - 7_200_000),
      notAfter: new Date(now - 3_600_000),
    });
    const later = new Date(now + 7 * 86_400_000).toISOString();
    const good = await offices.forged(statement, c);
    const { seal } = a;
    if (seal === null) throw new Error('there is no seal');
    const cases: readonly (readonly [string, unknown])[] = [
      ['witness.file-unreadable', 'ikke JSON {'],
      ['witness.file-unreadable', ''],
      ['witness.file-unreadable', { hei: 'verden' }],
      ['witness.file-unreadable', '[[[[' + '['.repeat(100_000)],
      ['witness.file-unreadable', { ...good, more: true }],
      ['witness.file-unreadable', { ...good, statement: { ...statement, seq: -1 } }],
      ['witness.file-too-large', ' '.repeat(300_000)],
      ['witness.signature', { ...good, statement: { ...statement, seq: statement.seq + 1 } }],
      ['witness.signature', { ...good, signature: 'AAAA' }],
      ['witness.signature', { ...good, signature: head.signature }],
      [
        'witness.other-organisation',
        await offices.forged(statement, offices.realSeal('X', numbers[0])),
      ],
      [
        'witness.trial-hidden',
        await offices.forged(statement, offices.trialSeal('Con', numbers[2])),
      ],
      ['witness.seal-expired', await offices.forged(statement, expired)],
      [
        'witness.seal-expired',
        await offices.forged(
          { ...statement, at: new Date(now - 5_400_000).toISOString() },
          expired,
        ),
      ],
      ['witness.future', await offices.forged({ ...statement, at: later }, c)],
    ];
    for (const [index, [, content]] of cases.entries()) {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      writeFileSync(join(b.folders.in, name(index + 1)), text);
    }
    // Names us, but was never ours: signed by somebody who calls themselves so.
    const notOurs = {
      ...theirs,
      head: await offices.forged(theirs.head.statement, offices.realSeal('Aust', a.number)),
    };
    const differs = await offices.forged({ ...theirs.head.statement, hash: '11'.repeat(32) }, seal);
    const against = await offices.forged(
      { ...theirs.statement, of: { ...theirs.statement.of, hash: '22'.repeat(32) } },
      offices.realSeal(b.name, b.number),
    );
    const put = (index: number, file: unknown) =>
      writeFileSync(
        join(
          a.folders.in,
          `skranke-countersignature-${a.number}-00000000000${index}-00000000.json`,
        ),
        JSON.stringify(file),
      );
    // What is kept already is not looked at again, so it is about another place.
    const moved = { ...theirs.statement, of: { ...theirs.statement.of, hash: '33'.repeat(32) } };
    put(1, { ...notOurs, ...(await offices.forged(moved, b.seal as never)) });
    put(2, { ...against, head: differs });
    put(3, { ...(await offices.forged(moved, b.seal as never)), head: theirs.head });
    // Neither of these is opened.
    mkdirSync(join(b.folders.in, name(900)));
    symlinkSync('/dev/zero', join(b.folders.in, name(901)));
    for (const other of ['hei.txt', 'skranke-head-1.json'])
      writeFileSync(join(b.folders.in, other), '{}');

    const report = await exchange(b);
    expect(codes(report).sort()).toEqual(
      [...cases.map(([code]) => code), 'witness.file-unreadable', 'witness.file-unreadable'].sort(),
    );
    expect((await exchange(a)).problems.map(({ code }) => code)).toEqual([
      ...['witness.not-ours', 'witness.not-ours', 'witness.not-ours'],
    ]);
    expect(await alarmsIn(a)).toEqual([]);
    expect(await alarmsIn(b)).toEqual([]);
    expect((await b.clerk.call('archive.witnesses', {})).offices).toHaveLength(1);
    for (const office of [a, b])
      expect((await office.clerk.call('archive.verify', {})).problems).toEqual([]);

    // Thousands: so many are read and no more, and it is told.
    for (let index = 1000; index < 4000; index++)
      writeFileSync(join(b.folders.in, name(index)), '{}');
    const many = await exchange(b);
    expect(many.read).toBeLessThan(600);
    expect(codes(many)[0]).toBe('witness.too-many');
    expect(many.problems.length).toBeLessThanOrEqual(20);
    await close(a, b);
  });

  it('is waited for: folders that come and go, a seal that is locked', async () => {
    const [a, b] = await twoOffices();
    await exchange(a);
    renameSync(b.folders.out, `${b.folders.out}-away`);
    const without = await exchange(b);
    expect(without).toMatchObject({ waits: ['witness.folder-missing'], head: null });
    expect(without.countersigned).toBe(0);
    expect(await b.clerk.call('settings.checkWitness', {})).toMatchObject({
      ...{ waits: ['witness.folder-missing'], files: 1 },
    });
    renameSync(`${b.folders.out}-away`, b.folders.out);
    expect(await exchange(b)).toMatchObject({ waits: [], countersigned: 1 });
    // Whoever may do everything may write here, too.
    if (process.getuid?.() !== 0) {
      chmodSync(b.folders.out, 0o500);
      expect((await exchange(b)).waits).toEqual(['witness.folder-read-only']);
      chmodSync(b.folders.out, 0o700);
    }
    const kept = newFolder('kept');
    cpSync(a.folders.out, kept, { recursive: true });
    rmSync(a.folders.out, { recursive: true });
    expect(await exchange(b)).toMatchObject({ waits: ['witness.folder-missing'], read: 0 });
    cpSync(kept, a.folders.out, { recursive: true });

    await b.clerk.call('session.signOut', {});
    await b.clerk.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
    await work(a, 'Avtale');
    await exchange(a);
    const locked = await exchange(b);
    expect(locked).toMatchObject({ waits: ['seal.locked'], head: null, countersigned: 0 });
    await b.clerk.call('seal.unlock', { passphrase: offices.sealWord });
    // The two heads of the other office that came while we waited, or were read and not signed.
    expect((await exchange(b)).countersigned).toBeGreaterThan(0);
    expect(
      await b.clerk.refusal('settings.witness', { folders: { in: 'inn', out: '/ut' } }),
    ).toMatchObject({ code: 'folder.relative' });
    await b.clerk.call('settings.witness', { folders: null });
    expect(await b.clerk.refusal('archive.witness', {})).toMatchObject({ code: 'witness.not-set' });
    await close(a, b);
  });

  it('is done by one program at a time', async () => {
    const [a, b] = await twoOffices();
    await work(a, 'Avtale');
    await exchange(a);
    const second = startDesk({ background: false, home: b.desk.home });
    const other = await offices.signIn(second);
    await other.call('seal.unlock', { passphrase: offices.sealWord });
    const both = await Promise.all([
      b.clerk.try('archive.witness', {}),
      other.try('archive.witness', {}),
    ]);
    const done = both.filter((one) => one.ok);
    expect(done.length).toBeGreaterThan(0);
    for (const one of both)
      if (!one.ok) expect(['witness.busy', 'archive.busy']).toContain(one.error.code);
    const log = await b.clerk.call('archive.officeLog', { limit: 100 });
    expect(log.rows.filter(({ event }) => event.type === 'witnessed')).toHaveLength(1);
    const ids = offices.filesIn(b.folders.out).map(({ file }) => file.statement.archive);
    expect(new Set(ids).size).toBe(1);
    await second.app.close();
    await close(a, b);
  });
});
