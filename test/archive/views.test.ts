import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Archive, JobQuery } from '../../electron/archive/archive.ts';
import { subkey } from '../../electron/archive/box.ts';
import { openDatabase } from '../../electron/archive/database.ts';
import { layoutOf } from '../../electron/archive/layout.ts';
import type { JobEvent } from '../../shared/job/event.ts';
import type { JobSpec } from '../../shared/job/job.ts';
import { unwrap } from '../../shared/result.ts';
import * as stage from './scene.ts';

afterAll(stage.cleanUp);

const bob = stage.signer('s2', 'Bob');

function add(archive: Archive, job: string, changes: Partial<JobSpec>): void {
  const spec = stage.spec({ signers: [stage.signer('s1', 'Kari Nordmann')], ...changes });
  event(archive, job, { type: 'created', spec });
}

function event(archive: Archive, job: string, one: JobEvent): void {
  const expectedVersion = archive.job(job)?.version ?? 0;
  unwrap(archive.append({ job, expectedVersion, actor: 'u1', events: [one] }));
}

const opening: JobEvent = { type: 'opened', revisions: [], fieldNames: {}, seal: null };

function ids(archive: Archive, query: Partial<JobQuery>): readonly string[] {
  return archive.list({ limit: 100, ...query }).rows.map((row) => row.id);
}

describe('the job list', () => {
  it('has each state under its tab, the last changed first, and counts them', () => {
    const archive = stage.created(stage.newScene());
    for (const job of ['a', 'b', 'c', 'd']) add(archive, job, { title: job });
    for (const job of ['b', 'c', 'd']) event(archive, job, opening);
    event(archive, 'c', { type: 'cancelled', reason: 'feil' });
    event(archive, 'd', {
      ...{ type: 'handed-over', signer: 's1', identityCheck: { method: 'known' } },
      identityCheckHash: '00',
    } as const);
    expect(ids(archive, {})).toEqual(['d', 'c', 'b', 'a']);
    expect(ids(archive, { tab: 'waiting' })).toEqual(['d', 'b']);
    expect(ids(archive, { tab: 'stopped' })).toEqual(['c']);
    expect(ids(archive, { tab: 'renewal' })).toEqual([]);
    expect(archive.counts()).toEqual({ draft: 1, waiting: 2, stopped: 1, signed: 0, renewal: 0 });
    expect(archive.list({ limit: 1 }).rows[0]).toMatchObject({ id: 'd', note: 'at-kiosk' });
    event(archive, 'a', opening);
    expect(ids(archive, {})[0]).toBe('a');
    archive.close();
  });

  it('comes page by page, each row once, in list and search', () => {
    const archive = stage.created(stage.newScene());
    for (let index = 0; index < 25; index++) add(archive, `j${index}`, { title: `Sak ${index}` });
    for (const query of [{}, { tab: 'draft' as const }, { search: 'sak' }]) {
      const seen: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = archive.list({ ...query, limit: 10, ...(cursor ? { cursor } : {}) });
        seen.push(...page.rows.map((row) => row.id));
        cursor = page.next;
      } while (cursor !== null);
      expect(seen).toHaveLength(25);
      expect(new Set(seen).size).toBe(25);
    }
    archive.close();
  });

  it('answers what has to be gone on with', () => {
    const archive = stage.created(stage.newScene());
    add(archive, 'a', { deadline: '2026-12-01T00:00:00.000Z' });
    add(archive, 'b', { deadline: '2027-12-01T00:00:00.000Z' });
    add(archive, 'c', {});
    for (const job of ['a', 'b']) event(archive, job, opening);
    expect(archive.jobsWhere({ state: 'open' })).toEqual(['a', 'b']);
    expect(
      archive.jobsWhere({ state: 'open', deadlineBefore: '2027-01-01T00:00:00.000Z' }),
    ).toEqual(['a']);
    event(archive, 'b', { type: 'exported', receipt: 'r1', files: [] });
    expect(archive.jobsWhere({ notExported: true })).toEqual(['c', 'a']);
    expect(archive.jobsWhere({ atKiosk: true })).toEqual([]);
    archive.close();
  });
});

describe('the search', () => {
  let archive: Archive;
  beforeAll(() => {
    archive = stage.created(stage.newScene());
    add(archive, 'lease', { title: 'Leiekontrakt Storgata 12', reference: 'REF-2026/17' });
    add(archive, 'work', {
      ...{ title: 'Arbeidsavtale', nonSensitiveTitle: 'Avtale', caseNumber: '2026/4711' },
      signers: [stage.signer('s1', 'Åse Bjørnstad'), stage.signer('s2', 'José Ærøy')],
    });
    const document = stage.draft(archive, 'text', randomBytes(100), { title: 'Vedtak' });
    archive.indexText('text', document, 'Fellesutgifter og STRØM er inkludert i leien');
  });
  afterAll(() => archive.close());

  it.each([
    ['storg', ['lease']],
    ['STORGATA 12', ['lease']],
    ['12 leie', ['lease']],
    ['ref-2026/17', ['lease']],
    ['4711', ['work']],
    ['2026/47', ['work']],
    ['åse', ['work']],
    ['Bjørn', ['work']],
    ['jose ær', ['work']],
    ['strøm', ['text']],
    ['vedtak felles', ['text']],
    ['kontrakt', ['text']],
    ['leie', ['text', 'lease']],
    ['kari', ['text', 'lease']],
  ])('finds by %s', (typed, found) => {
    expect(ids(archive, { search: typed })).toEqual(found);
  });

  it('keeps å, æ and ø apart from a, e and o', () => {
    expect(ids(archive, { search: 'ase' })).toEqual([]);
    expect(ids(archive, { search: 'strom' })).toEqual([]);
    expect(ids(archive, { search: 'a\u030ase' })).toEqual(['work']);
  });

  it('takes whatever is typed as words', () => {
    for (const typed of [
      '"',
      "'",
      'leie" OR "1"="1',
      'NOT storgata',
      'storgata AND arbeidsavtale',
      'fields:storgata',
      'storg*',
      '^storg',
      'NEAR(leie storgata)',
      '{fields}: x',
      '-leie',
      '()',
      '\u0000leie',
      '🙂',
      'ord '.repeat(500),
    ])
      expect(() => ids(archive, { search: typed }), typed).not.toThrow();
    expect(ids(archive, { search: 'storgata AND arbeidsavtale' })).toEqual([]);
    expect(ids(archive, { search: 'storg*' })).toEqual(['lease']);
    expect(ids(archive, { search: 'body:storgata' })).toEqual([]);
  });

  it('shows everything while nothing, or one letter, is typed', () => {
    for (const typed of ['', '  ', 'k', '...'])
      expect(ids(archive, { search: typed })).toEqual(['text', 'work', 'lease']);
    expect(ids(archive, { search: 'leie k' })).toEqual(['text', 'lease']);
    expect(ids(archive, { search: '2' })).toEqual([]);
  });

  it('stays within its tab', () => {
    event(archive, 'lease', opening);
    expect(ids(archive, { search: 'leie', tab: 'waiting' })).toEqual(['lease']);
    expect(ids(archive, { search: 'leie', tab: 'draft' })).toEqual(['text']);
    expect(ids(archive, { search: 'leie', tab: 'signed' })).toEqual([]);
  });

  it('forgets what a draft was called before, also beside much text', () => {
    add(archive, 'big', { title: 'Gammelt navn' });
    const staged = unwrap(archive.stage('big', stage.bytesSource(randomBytes(10))));
    unwrap(
      archive.append({
        ...{ job: 'big', expectedVersion: 1, actor: 'u1', documents: [staged] },
        events: [{ type: 'document-added', document: stage.jobDocument(staged, 'Vedlegg') }],
      }),
    );
    archive.indexText('big', staged.id, `${'mange ord her '.repeat(10_000)} nålestikk`);
    expect(ids(archive, { search: 'gammelt nålestikk' })).toEqual(['big']);
    const spec = stage.spec({ title: 'Nytt navn', signers: [bob] });
    event(archive, 'big', { type: 'edited', spec, titles: {}, order: [] });
    expect(ids(archive, { search: 'gammelt' })).toEqual([]);
    expect(ids(archive, { search: 'nytt nålestikk bob vedlegg' })).toEqual(['big']);
    event(archive, 'big', { type: 'document-removed', document: staged.id });
    expect(ids(archive, { search: 'vedlegg' })).toEqual([]);
    expect(ids(archive, { search: 'nytt' })).toEqual(['big']);
  });
});

describe('the views', () => {
  function filled() {
    const scene = stage.newScene();
    const archive = stage.created(scene);
    const document = stage.draft(archive, 'j1', randomBytes(100), { title: 'Leie' });
    archive.indexText('j1', document, 'fellesutgifter');
    add(archive, 'j2', { title: 'Arbeid' });
    event(archive, 'j2', opening);
    return { scene, archive, views: layoutOf(scene.home).views };
  }
  const expectAll = (archive: Archive) => {
    expect(ids(archive, {})).toEqual(['j2', 'j1']);
    expect(ids(archive, { tab: 'draft' })).toEqual(['j1']);
    expect(archive.jobsWhere({ state: 'open' })).toEqual(['j2']);
    expect(ids(archive, { search: 'felles' })).toEqual(['j1']);
    expect(archive.counts()).toMatchObject({ draft: 1, waiting: 1 });
    // A page that nobody had to read is found by looking for it, and is mended then.
    for (const { code } of archive.verify().problems) expect(code).toBe('views.damaged');
    expect(archive.verify().problems).toEqual([]);
    archive.close();
  };

  it('are made anew where they are missing', () => {
    const { scene, archive, views } = filled();
    archive.close();
    rmSync(views);
    expectAll(stage.opened(scene));
  });

  it('are made anew where they are damaged', () => {
    for (let page = 0; page < 14; page++) {
      const { scene, archive, views } = filled();
      archive.close();
      const bytes = readFileSync(views);
      bytes.fill(0x55, page * 4096 + 100, page * 4096 + 200);
      writeFileSync(views, bytes);
      // A page that opening does not read shows when somebody looks for what is on it.
      expectAll(stage.opened(scene));
    }
  });

  it('are made anew where they are of another schema or of another log', () => {
    for (const change of ['PRAGMA user_version = 99', 'UPDATE mark SET hash = zeroblob(32)']) {
      const { scene, archive, views } = filled();
      archive.close();
      const db = openDatabase(views, subkey(scene.key, 'views'));
      db.exec("DELETE FROM job_row WHERE job = 'j1'");
      db.exec(change);
      db.close();
      // Somebody has been there: that is said, once.
      const again = stage.opened(scene);
      const replaced = [{ code: 'views.replaced', place: 'views.db mark' }];
      expect(again.verify().problems).toEqual(change.startsWith('UPDATE') ? replaced : []);
      expectAll(again);
    }
  });

  it('do not hold up an append while another process writes them', () => {
    const { scene, archive, views } = filled();
    const busy = openDatabase(views, subkey(scene.key, 'views'));
    busy.exec('BEGIN IMMEDIATE');
    add(archive, 'j3', { title: 'Nytt' });
    expect(archive.job('j3')?.state).toBe('draft');
    expect(ids(archive, {})).toEqual(['j2', 'j1']);
    busy.exec('ROLLBACK');
    busy.close();
    expect(ids(archive, {})).toEqual(['j3', 'j2', 'j1']);
    archive.close();
  });

  it('catch up with what another process has appended', () => {
    const { scene, archive } = filled();
    const other = stage.opened(scene);
    add(other, 'j3', { title: 'Nytt herfra' });
    expect(ids(archive, { search: 'herfra' })).toEqual(['j3']);
    add(archive, 'j4', { title: 'Nytt derfra' });
    expect(ids(other, {})).toEqual(['j4', 'j3', 'j2', 'j1']);
    expect(other.counts().draft).toBe(3);
    other.close();
    archive.close();
  });
});
