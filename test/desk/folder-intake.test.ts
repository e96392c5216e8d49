import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkFolder, checksOf, folderOf } from '../../electron/desk/folder-settings.ts';
import { settingsOf } from '../../electron/desk/settings-store.ts';
import { unwrap } from '../../shared/result.ts';
import { plainPdf } from '../support/plain-pdf.ts';
import {
  aJobFile,
  sample,
  user,
  watchFolder,
  type WatchedFolder,
} from '../support/watched-folder.ts';

let folder: WatchedFolder;
beforeEach(() => {
  folder = watchFolder();
});
afterEach(() => {
  folder.close();
});

const jobs = () => folder.desk.archive.list({ limit: 100 }).rows;

describe('a job file in the watched folder', () => {
  it('becomes one draft with its documents, and the files are moved away', async () => {
    folder.drop('sak-17');
    const reports = await folder.settle();
    const [job] = reports.flatMap(({ taken }) => taken);
    expect(jobs()).toMatchObject([{ id: job, state: 'draft', reference: 'SAK-2026/17' }]);
    const made = folder.desk.archive.job(job ?? '');
    expect(made).toMatchObject({
      createdBy: user,
      documents: [{ title: 'Avtale', fileName: 'avtale.pdf' }],
      spec: { title: 'Leieavtale', fields: [{ signer: 'signer-1' }] },
    });
    expect(made?.spec.fields[0]?.document).toBe(made?.documents[0]?.id);
    expect(folder.list(folder.in)).toEqual(['refused', 'taken']);
    expect(folder.list(join(folder.in, 'taken'))).toEqual(['avtale.pdf', 'sak-17.json']);
    expect(readFileSync(join(folder.in, 'taken', 'avtale.pdf'))).toEqual(sample);
    expect(folder.status('sak-17')).toEqual({
      ...{ format: 'skranke-folder-status-1', name: 'sak-17', job, reference: 'SAK-2026/17' },
      ...{ state: 'draft', changedAt: made?.changedAt, problem: null, export: null },
      signers: [{ number: 1, state: 'WAITING', since: null }],
    });
    // What was copied to be looked at in peace is gone, and no national identity number went out.
    expect(existsSync(join(folder.desk.archive.home, 'incoming'))).toBe(false);
    expect(JSON.stringify(folder.status('sak-17'))).not.toContain('01818000010');
  });

  it('has its fields where the words and the marks of its documents stand', async () => {
    const content = 'BT /H 12 Tf 72 500 Td ({{sign:1}}) Tj 0 -60 Td ({{date:1}}) Tj ET';
    folder.drop(
      'merker',
      aJobFile({
        ...{ tags: true, documents: [{ file: 'avtale.pdf' }, { file: 'merket.pdf' }] },
        fields: [{ document: 1, signer: 1, anchor: { text: 'For utleier', side: 'above' } }],
      }),
      { 'avtale.pdf': sample, 'merket.pdf': plainPdf({ pages: [{ content }] }) },
    );
    const [id = ''] = (await folder.settle()).flatMap(({ taken }) => taken);
    const made = folder.desk.archive.job(id);
    const [lease, marked] = made?.documents ?? [];
    const fields = (made?.spec.fields ?? []).map(({ document, kind, signer, placement }) => ({
      ...{ document, kind: kind ?? 'signature', signer, page: placement.page },
    }));
    expect(fields).toEqual([
      { document: lease?.id, kind: 'signature', signer: 'signer-1', page: 3 },
      { document: marked?.id, kind: 'signature', signer: 'signer-1', page: 0 },
      { document: marked?.id, kind: 'date', signer: 'signer-1', page: 0 },
    ]);
    // The date stands under the signature, as its mark does.
    const [, sign, date] = made?.spec.fields ?? [];
    expect(date?.placement.y).toBeGreaterThan(sign?.placement.y ?? Infinity);
  });

  it('is left alone while it grows, and until its documents are there', async () => {
    folder.drop('vokser', aJobFile(), {});
    const path = join(folder.in, 'avtale.pdf');
    writeFileSync(path, sample.subarray(0, 1000));
    for (let length = 2000; length < 8000; length += 2000) {
      await folder.look();
      truncateSync(path, length);
    }
    expect(jobs()).toEqual([]);
    writeFileSync(path, sample);
    await folder.settle();
    expect(jobs()).toHaveLength(1);
  });

  it('is refused when a document has not come within the patience, by uptime', async () => {
    folder.drop('mangler', aJobFile(), {});
    for (const now of [0, 3_000, 6_000, 299_000])
      expect(await folder.look(undefined, now)).toMatchObject({ refused: 0, waiting: 1 });
    expect(await folder.look(undefined, 310_000)).toMatchObject({ refused: 1 });
    expect(folder.error('mangler')).toMatchObject({
      code: 'folder.file-missing',
      detail: { documents: [1] },
    });
  });

  it('comes in once, however often the same files are put there', async () => {
    folder.drop('igjen');
    await folder.settle();
    folder.drop('igjen');
    await folder.settle();
    expect(jobs()).toHaveLength(1);
    expect(folder.list(join(folder.in, 'taken'))).toEqual([
      ...['avtale-2.pdf', 'avtale.pdf', 'igjen-2.json', 'igjen.json'],
    ]);
    folder.drop('igjen', aJobFile({ title: 'En annen' }));
    await folder.settle();
    expect(jobs()).toHaveLength(1);
    expect(folder.error('igjen')).toMatchObject({ code: 'folder.name-used' });
    folder.drop('IGJEN', aJobFile(), { 'avtale.pdf': Buffer.concat([sample, Buffer.from('\n')]) });
    await folder.settle();
    expect(folder.error('IGJEN')).toMatchObject({ code: 'folder.name-used' });
  });

  it('is not taken again when its job was disposed of', async () => {
    folder.drop('borte');
    const [job = ''] = (await folder.settle()).flatMap(({ taken }) => taken);
    folder.desk.archive.dispose(job, 'system');
    folder.drop('borte');
    await folder.settle();
    expect(folder.error('borte')).toMatchObject({ code: 'folder.name-used' });
  });

  const pdf = { 'avtale.pdf': sample };
  const named = (file: string) => aJobFile({ documents: [{ file }] });
  const refusals: Record<string, [string, object | string, Record<string, Uint8Array | string>]> = {
    'is not JSON': ['file.not-json', '{ "title": ', pdf],
    'has a key that nobody knows': ['job.specification', aJobFile({ colour: 'red' }), pdf],
    'has nobody who signs': ['job.specification', aJobFile({ signers: [] }), pdf],
    'has a field of a document that is not there': [
      'job.specification',
      aJobFile({
        fields: [{ document: 2, signer: 1, page: 1, x: 1, y: 1, width: 9, height: 9 }],
      }),
      pdf,
    ],
    'leads out of the folder': ['folder.file-name', named('../avtale.pdf'), {}],
    'names a whole path': ['folder.file-name', named('/etc/passwd'), {}],
    'names a path of another system': ['folder.file-name', named('C:\\avtale.pdf'), {}],
    'names a hidden file': ['folder.file-name', named('.avtale.pdf'), {}],
    'has a national identity number in the name of a document': [
      'folder.file-name',
      named('avtale 12857910093.pdf'),
      { 'avtale 12857910093.pdf': sample },
    ],
    'has a national identity number in the title': [
      'job.national-id-in-text',
      aJobFile({ title: 'Avtale 12857910093' }),
      pdf,
    ],
    'has a wrong national identity number': [
      'signer.national-id-wrong',
      aJobFile({ signers: [{ name: 'Kari', nationalId: '12345678901' }] }),
      pdf,
    ],
    'is too large': ['folder.too-large', JSON.stringify({ title: 'x'.repeat(1_100_000) }), pdf],
    'asks for words that stand nowhere': [
      'anchor.not-found',
      aJobFile({
        fields: [{ document: 1, signer: 1, anchor: { text: 'et ord som ikke er der' } }],
      }),
      pdf,
    ],
    'asks for marks that stand nowhere': [
      'anchor.no-tags',
      aJobFile({ tags: true, fields: [] }),
      pdf,
    ],
    'comes with a damaged document': ['pdf.not-a-pdf', aJobFile(), { 'avtale.pdf': 'ikke en PDF' }],
    'comes with an empty document': ['file.empty', aJobFile(), { 'avtale.pdf': '' }],
  };
  for (const [what, [code, spec, files]] of Object.entries(refusals))
    it(`is refused with ${code} when it ${what}`, async () => {
      folder.drop('feil', spec, files);
      await folder.settle();
      expect(folder.error('feil')).toMatchObject({ code });
      expect(JSON.stringify(folder.error('feil'))).not.toMatch(/12857910093|12345678901/);
      expect(existsSync(join(folder.in, 'refused', 'feil.json'))).toBe(true);
      expect(existsSync(join(folder.in, 'feil.json'))).toBe(false);
      expect(jobs()).toEqual([]);
      expect(folder.list(folder.out)).toEqual([]);
      // A corrected file under the same name is welcome.
      folder.drop('feil');
      await folder.settle();
      expect(jobs()).toHaveLength(1);
    });

  it('has a name that other systems can bear, and that tells of nobody', async () => {
    folder.drop('fødselsdag');
    folder.drop('sak 12857910093');
    folder.drop('con');
    await folder.settle();
    const left = folder.list(join(folder.in, 'refused'));
    expect(left.filter((name) => name.endsWith('.error.json'))).toHaveLength(3);
    expect(left.join(' ')).not.toContain('12857910093');
    expect(jobs()).toEqual([]);
  });

  it('is not followed where it is a link, nor are its documents', async () => {
    const secret = join(folder.root, 'hemmelig.json');
    writeFileSync(secret, JSON.stringify(aJobFile()));
    symlinkSync(secret, join(folder.in, 'lenke.json'));
    await folder.settle();
    expect(folder.error('lenke')).toMatchObject({ code: 'folder.not-a-file' });
    expect(readFileSync(secret, 'utf8')).toContain('Leieavtale');
    const outside = join(folder.root, 'utenfor.pdf');
    writeFileSync(outside, sample);
    symlinkSync(outside, join(folder.in, 'avtale.pdf'));
    folder.drop('peker', aJobFile(), {});
    await folder.settle();
    expect(folder.error('peker')).toMatchObject({ code: 'folder.not-a-file' });
    expect(jobs()).toEqual([]);
  });

  it('waits while a folder is away, and comes in when it is back', async () => {
    folder.drop('venter');
    renameSync(folder.in, `${folder.in}-borte`);
    expect((await folder.look()).troubles).toEqual([{ of: 'in', code: 'folder.missing' }]);
    renameSync(`${folder.in}-borte`, folder.in);
    renameSync(folder.out, `${folder.out}-borte`);
    const away = await folder.settle();
    expect(away.at(-1)?.troubles).toEqual([{ of: 'out', code: 'folder.missing' }]);
    expect(jobs()).toHaveLength(1);
    expect(existsSync(folder.out)).toBe(false);
    renameSync(`${folder.out}-borte`, folder.out);
    await folder.look();
    expect(folder.status('venter')).toMatchObject({ state: 'draft' });
  });

  it('waits while nobody makes its job', async () => {
    folder.drop('venter');
    const { archive } = folder.desk;
    archive.putUser({ id: user, name: 'Kari', roles: ['handler'], active: false }, 'system');
    const reports = await folder.settle();
    expect(reports.at(-1)?.troubles).toEqual([{ of: 'user', code: 'folder.user' }]);
    expect(existsSync(join(folder.in, 'venter.json'))).toBe(true);
  });

  it('is told why it could not be opened, and left to whoever takes it in hand', async () => {
    folder.set({ open: true });
    folder.drop('uten-segl');
    await folder.settle();
    expect(folder.status('uten-segl')).toMatchObject({
      state: 'draft',
      problem: { code: 'seal.missing' },
    });
  });
});

describe('the settings of the watched folder', () => {
  it('say which folder is missing, relative, read-only, the same, or the archive’s own', () => {
    const codes = (changes: object) =>
      checksOf(folder.desk, { ...folderOf(folder.desk), ...changes }).map(({ code }) => code);
    const { home } = folder.desk.archive;
    expect(codes({})).toEqual([null, null, null]);
    expect(codes({ in: '', user: '' })).toEqual(['folder.not-chosen', null, 'folder.no-user']);
    expect(codes({ user: 'nobody-here' })).toEqual([null, null, 'folder.user']);
    expect(codes({ in: 'inn' })).toEqual(['folder.relative', null, null]);
    expect(codes({ out: join(folder.root, 'ingen') })).toEqual([null, 'folder.missing', null]);
    expect(codes({ in: join(home, 'documents') })).toEqual(['folder.archive-own', null, null]);
    expect(codes({ in: folder.root })).toEqual(['folder.archive-own', null, null]);
    symlinkSync(home, join(folder.root, 'lenke'));
    expect(codes({ in: join(folder.root, 'lenke') })).toEqual(['folder.archive-own', null, null]);
    expect(codes({ out: folder.in })).toEqual([null, 'folder.same', null]);
    mkdirSync(join(folder.in, 'ut'));
    expect(codes({ out: join(folder.in, 'ut') })).toEqual([null, 'folder.same', null]);
  });

  it('are tried by writing, and nothing is left behind', () => {
    const { in: from, out } = folder;
    const checks = unwrap(checkFolder(folder.desk, { in: from, out, user }));
    expect(checks.map(({ code }) => code)).toEqual([null, null, null]);
    expect(folder.list(from)).toEqual(['taken']);
    writeFileSync(join(folder.root, 'ut', 'fil'), '');
    const wrong = unwrap(checkFolder(folder.desk, { in: join(out, 'fil'), out, user }));
    expect(wrong[0]).toEqual({ of: 'in', code: 'folder.missing' });
  });

  it('turned off, nothing is looked at', async () => {
    folder.drop('av');
    settingsOf(folder.desk.archive).put(
      'folder',
      { ...folderOf(folder.desk), on: false },
      'system',
    );
    await folder.settle();
    expect(folder.list(folder.in)).toEqual(['av.json', 'avtale.pdf']);
  });
});
