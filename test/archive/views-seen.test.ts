import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Archive, JobQuery } from '../../electron/archive/archive.ts';
import { sees, type Audience, type Viewer } from '../../shared/job/visibility.ts';
import { unwrap } from '../../shared/result.ts';
import * as stage from './scene.ts';

afterAll(stage.cleanUp);

const audiences: readonly Audience[] = [
  { unit: 'office', only: null },
  { unit: 'school', only: null },
  { unit: 'school', only: ['u2', 'u3'] },
  { unit: 'office', only: [] },
];
const makers = ['u1', 'u2', 'u3'];
const viewers: readonly Viewer[] = ['u1', 'u2', 'u3', 'nobody'].flatMap((user) =>
  [[], ['office'], ['school'], ['office', 'school'], ['elsewhere']].flatMap((units) =>
    [true, false].map((records) => ({ user, units, records })),
  ),
);

describe('what a viewer sees of the lists', () => {
  let archive: Archive;
  beforeAll(() => {
    archive = stage.created(stage.newScene());
    for (let index = 0; index < 60; index++) {
      const job = `job-${index}`;
      const audience = audiences[index % audiences.length] ?? { unit: 'office', only: null };
      const spec = stage.spec({ title: `Sak ${index}`, signers: [stage.signer('s1', 'Kari')] });
      const actor = makers[index % makers.length] ?? '';
      const add = (event: Parameters<Archive['append']>[0]['events'][number]) =>
        unwrap(
          archive.append({
            ...{ job, actor, expectedVersion: archive.job(job)?.version ?? 0, events: [event] },
          }),
        );
      add({ type: 'created', spec, audience });
      if (index % 5 === 0) add({ type: 'opened', revisions: [], fieldNames: {}, seal: null });
      if (index % 11 === 0) add({ type: 'audience-set', audience: { unit: 'school', only: null } });
    }
  });
  afterAll(() => archive.close());

  function all(query: Omit<JobQuery, 'limit'>): readonly string[] {
    const found: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = archive.list({
        ...query,
        limit: 7,
        ...(cursor === undefined ? {} : { cursor }),
      });
      found.push(...page.rows.map(({ id }) => id));
      if (page.next === null) return found;
      cursor = page.next;
    }
  }

  it('is exactly what the rule says, in list, tabs, search and numbers', () => {
    for (const query of [{}, { tab: 'waiting' as const }, { search: 'kari sak' }]) {
      const everything = all(query);
      expect(everything.length).toBeGreaterThan(10);
      for (const viewer of viewers) {
        const mine = everything.filter((id) => {
          const job = archive.job(id);
          return job !== null && sees(viewer, job);
        });
        const label = JSON.stringify({ query, viewer });
        expect(all({ ...query, viewer }), label).toEqual(mine);
        if ('tab' in query) expect(archive.counts(viewer).waiting, label).toBe(mine.length);
      }
    }
  });

  it('cannot be reached by the words of the index', () => {
    const viewer = { user: 'nobody', units: ['elsewhere'], records: false };
    for (const search of ['unit', 'unit:school', '\uE000', 'sak OR school', '") OR ("sak'])
      expect(archive.list({ search, viewer, limit: 50 }).rows).toEqual([]);
  });

  it('follows when a job is shown to others, and when it is disposed of', () => {
    const viewer = { user: 'u9', units: ['elsewhere'], records: false };
    const job = 'job-1';
    const version = archive.job(job)?.version ?? 0;
    const audience = { unit: 'office', only: ['u9'] };
    const events = [{ type: 'audience-set', audience } as const];
    unwrap(archive.append({ job, expectedVersion: version, actor: 'u1', events }));
    expect(all({ viewer })).toEqual([job]);
    expect(all({ viewer, search: 'sak' })).toEqual([job]);
    expect(archive.counts(viewer)).toMatchObject({ draft: 1 });
    archive.dispose(job, 'u1');
    expect(all({ viewer })).toEqual([]);
    expect(archive.counts(viewer)).toMatchObject({ draft: 0 });
  });
});
