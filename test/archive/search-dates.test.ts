import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Archive, JobQuery } from '../../electron/archive/archive.ts';
import { dateWordsIn, officeDay, readTypedDates } from '../../electron/archive/search-dates.ts';
import { foldText } from '../../electron/archive/search-words.ts';
import type { JobSpec } from '../../shared/job/job.ts';
import { unwrap } from '../../shared/result.ts';
import * as stage from './scene.ts';

afterAll(stage.cleanUp);

const today = '2026-11-25';

function typed(text: string): readonly (readonly string[])[] {
  return readTypedDates(foldText(text), today).dates.map(({ words }) =>
    words.map((word) => word.slice(1)),
  );
}

describe('a date that somebody types', () => {
  it.each([
    ['24.11.2026', 'd20261124'],
    ['24.11.26', 'd20261124'],
    ['24. 11. 2026', 'd20261124'],
    ['24/11/2026', 'd20261124'],
    ['2026-11-24', 'd20261124'],
    ['24. november 2026', 'd20261124'],
    ['24 NOV 2026', 'd20261124'],
    ['24. nove', 'y1124'],
    ['November 24, 2026', 'd20261124'],
    ['24th November 2026', 'd20261124'],
    ['3. mai 1814', 'd18140503'],
    ['24. november', 'y1124'],
    ['24.11.', 'y1124'],
    ['29.02.', 'y0229'],
    ['november 2026', 'm202611'],
    ['11/2026', 'm202611'],
    ['oktober', 'n10'],
    ['october', 'n10'],
    ['i dag', 'd20261125'],
    ['I går', 'd20261124'],
    ['i førgår', 'd20261123'],
    ['i forgårs', 'd20261123'],
    ['i morgon', 'd20261126'],
    ['tomorrow', 'd20261126'],
    ['denne måneden', 'm202611'],
    ['førre månad', 'm202610'],
    ['next month', 'm202612'],
  ])('%s', (text, word) => {
    expect(typed(text)).toEqual([[word]]);
  });

  it('is a week from Monday', () => {
    expect(typed('forrige uke')[0]?.[0]).toBe('d20261116');
    expect(typed('denne veka')[0]).toEqual(
      [23, 24, 25, 26, 27, 28, 29].map((day) => `d202611${day}`),
    );
  });

  it.each(['32.1.2026', '31.02.2026', '2026/417', '26/1183', '2026', 'ma', 'marsipan'])(
    'is not %s',
    (text) => {
      expect(typed(text)).toEqual([]);
    },
  );
});

describe('dates in a text', () => {
  it('are found however they are written, each once', () => {
    const words = dateWordsIn(
      foldText('Møtet 24.\nnovember 2026, svar innen 1.12.2026 (2026-12-01). Pris 24.11.20267.'),
    );
    expect(words.split(' ').filter((word) => word.startsWith('\uE000d'))).toEqual([
      '\uE000d20261124',
      '\uE000d20261201',
    ]);
  });

  it('takes the day where the offices are', () => {
    expect(officeDay('2026-11-23T23:30:00.000Z')).toBe('2026-11-24');
    expect(officeDay('2026-07-01T21:59:00.000Z')).toBe('2026-07-01');
    expect(officeDay('never')).toBe('');
  });
});

describe('the search by dates and filters', () => {
  let archive: Archive;
  const ids = (query: Partial<JobQuery>) =>
    archive.list({ limit: 100, today, ...query }).rows.map((row) => row.id);
  function add(job: string, changes: Partial<JobSpec>, actor = 'u1'): void {
    const spec = stage.spec({ signers: [stage.signer('s1', 'Kari Nordmann')], ...changes });
    unwrap(archive.append({ job, expectedVersion: 0, actor, events: [{ type: 'created', spec }] }));
  }
  function open(job: string): void {
    const events = [{ type: 'opened', revisions: [], fieldNames: {}, seal: null } as const];
    unwrap(archive.append({ job, expectedVersion: 1, actor: 'u1', events }));
  }
  beforeAll(() => {
    archive = stage.created(stage.newScene());
    add('soon', { title: 'Leieavtale', deadline: '2026-12-01T11:00:00.000Z' });
    open('soon');
    add('later', { title: 'Årsavtale', deadline: '2027-03-01T11:00:00.000Z' });
    open('later');
    add('case', { title: 'Sak 26/11', caseNumber: '11/2026' }, 'u2');
    const document = stage.draft(archive, 'text', Buffer.from('x'), { title: 'Referat' });
    archive.indexText('text', document, 'Møte den 14. mai 2025 om Kari Nordmanns leie');
  });
  afterAll(() => archive.close());

  it.each([
    ['1.12.2026', ['soon']],
    ['1. desember', ['soon']],
    ['december 1, 2026', ['soon']],
    ['leieavtale desember 2026', ['soon']],
    ['mars 2027', ['later']],
    ['14.05.2025', ['text']],
    ['May 14, 2025', ['text']],
    ['mai', ['text']],
    ['referat 2025-05-14', ['text']],
    ['26/11', ['case']],
    ['15.05.2025', []],
  ])('finds by %s', (search, found) => {
    expect(ids({ search })).toEqual(found);
  });

  it('finds what was made yesterday', () => {
    const made = officeDay(archive.job('soon')?.createdAt ?? '');
    const after = new Date(Date.parse(made) + 86_400_000).toISOString().slice(0, 10);
    expect(ids({ search: 'i går', today: after })).toEqual(['text', 'case', 'later', 'soon']);
    expect(ids({ search: 'i går', today: '2027-01-01' })).toEqual([]);
  });

  it('reads a whole list from anywhere in it', () => {
    const whole = ids({});
    expect(whole).toHaveLength(4);
    expect(ids({ offset: 1, limit: 2 })).toEqual(whole.slice(1, 3));
    expect(ids({ offset: 9 })).toEqual([]);
    const viewer = { user: 'u2', units: ['office'], records: true };
    expect(ids({ viewer, offset: 0 })).toEqual(whole);
    expect(ids({ viewer: { ...viewer, units: [] }, offset: 0 })).toEqual(['case']);
    expect(ids({ viewer, tab: 'waiting', offset: 1 })).toEqual(['soon']);
  });

  it('holds every condition of a filter', () => {
    expect(ids({ filter: { madeBy: 'u2' } })).toEqual(['case']);
    expect(ids({ filter: { signer: 'kari nord' } })).toEqual(['text', 'case', 'later', 'soon']);
    expect(ids({ filter: { signer: 'leie' } })).toEqual([]);
    expect(ids({ filter: { dueSoon: true } })).toEqual(['soon']);
    expect(ids({ filter: { dueSoon: true }, today: '2026-12-02' })).toEqual([]);
    expect(ids({ filter: { unit: 'office' } })).toHaveLength(4);
    expect(ids({ filter: { unit: 'other' } })).toEqual([]);
    expect(ids({ filter: { signer: 'kari' }, tab: 'waiting' })).toEqual(['later', 'soon']);
    expect(ids({ filter: { signer: 'kari' }, tab: 'waiting', search: 'leie' })).toEqual(['soon']);
    expect(
      ids({ filter: { madeBy: 'u1' }, viewer: { user: 'x', units: ['y'], records: true } }),
    ).toEqual([]);
  });
});
