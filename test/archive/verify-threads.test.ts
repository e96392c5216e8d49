/** A log that is walked in parts, by two at the same time: what one walk finds is found, and named alike. */
import { afterAll, describe, expect, it } from 'vitest';
import { subkey } from '../../electron/archive/box.ts';
import { openDatabase } from '../../electron/archive/database.ts';
import { layoutOf } from '../../electron/archive/layout.ts';
import { openArchive } from '../../electron/archive/open-archive.ts';
import { edgesOf, type WalkPlan } from '../../electron/archive/verify-threads.ts';
import { Refusal, unwrap } from '../../shared/result.ts';
import * as stage from './scene.ts';

afterAll(stage.cleanUp);

const alone: WalkPlan = { threadsFrom: Infinity, leastPart: 1_000, mostParts: 1, mostThreads: 1 };
const inParts: WalkPlan = { threadsFrom: 0, leastPart: 1, mostParts: 2, mostThreads: 2 };
const inMany: WalkPlan = { ...inParts, mostParts: 7 };

/** Jobs whose events lie among each other, so that every edge goes through all of them. */
function office() {
  const scene = stage.newScene();
  const archive = stage.created(scene);
  const jobs = ['j1', 'j2', 'j3'];
  const documents = jobs.map((job) => stage.draft(archive, job, stage.random.bytes(300)));
  jobs.forEach((job, index) => archive.indexText(job, documents[index] ?? '', `Strøm i ${job}`));
  for (let version = 2; version < 6; version++)
    for (const job of jobs)
      unwrap(
        archive.append({
          ...{ job, expectedVersion: version, actor: 'u1' },
          events: [
            {
              type: 'edited',
              spec: stage.spec({ title: `${job} ${version}` }),
              titles: {},
              order: [],
            },
          ],
        }),
      );
  archive.dispose('j3', 'u1');
  const total = archive.head().seq;
  archive.close();
  return { scene, total };
}

function changed(scene: stage.Scene, which: 'archive' | 'keyring' | 'views', sql: string): void {
  const file = layoutOf(scene.home)[which];
  const db = openDatabase(file, subkey(scene.key, which));
  if (which !== 'views')
    for (const name of db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      .pluck()
      .all())
      db.exec(['DROP TRIGGER ', name].join(''));
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
  db.close();
}

function verified(scene: stage.Scene, plan: WalkPlan) {
  const archive = unwrap(openArchive({ ...scene, plan }));
  const report = archive.verify();
  archive.close();
  return report;
}

const told = ({ problems }: ReturnType<typeof verified>) =>
  problems.map(({ code, place }) => `${code} ${place}`).sort();

const swapped = (one: number, other: number) => `
  CREATE TEMP TABLE kept AS SELECT * FROM job_event WHERE seq IN (${one}, ${other});
  DELETE FROM job_event WHERE seq IN (${one}, ${other});
  INSERT INTO job_event SELECT CASE seq WHEN ${one} THEN ${other} ELSE ${one} END,
    job, version, at, actor, type, body, digest, prev, hash FROM kept`;

describe('a log that is walked in parts', () => {
  it('is proved as by one walk, by as many threads as there are', () => {
    const { scene, total } = office();
    const one = verified(scene, alone);
    const two = verified(scene, inParts);
    expect(one).toMatchObject({ ok: true, events: total, threads: 1 });
    expect(two).toMatchObject({ ...one, threads: 2 });
    expect(verified(scene, inMany)).toMatchObject({ ...one, threads: 2 });
  });

  it('has edges that leave nothing out', () => {
    expect(edgesOf(0, inParts)).toEqual([0, 0]);
    expect(edgesOf(21, inParts)).toEqual([0, 10, 21]);
    expect(edgesOf(7, { ...inParts, leastPart: 5, mostParts: 24 })).toEqual([0, 3, 7]);
  });

  const last = (total: number) => edgesOf(total, inParts)[1] ?? 0;
  it.each<readonly [string, (edge: number) => string, (edge: number) => string]>([
    [
      'the last event of a part changed',
      (edge) => `UPDATE job_event SET actor = 'u9' WHERE seq = ${edge}`,
      (edge) => `chain.hash event ${edge}`,
    ],
    [
      'the first event of the next part changed',
      (edge) => `UPDATE job_event SET at = '2020' WHERE seq = ${edge + 1}`,
      (edge) => `chain.hash event ${edge + 1}`,
    ],
    [
      'the hash of the last event changed',
      (edge) => `UPDATE job_event SET hash = zeroblob(32) WHERE seq = ${edge}`,
      (edge) => `chain.broken event ${edge + 1}`,
    ],
    [
      'the body of the first event of the next part changed',
      (edge) => `UPDATE job_event SET body = zeroblob(99) WHERE seq = ${edge + 1}`,
      (edge) => `event.unreadable event ${edge + 1}`,
    ],
    [
      'the last event of a part removed',
      (edge) => `DELETE FROM job_event WHERE seq = ${edge}`,
      (edge) => `chain.gap event ${edge + 1}`,
    ],
    [
      'the first event of the next part removed',
      (edge) => `DELETE FROM job_event WHERE seq = ${edge + 1}`,
      (edge) => `chain.gap event ${edge + 2}`,
    ],
    ['both swapped', (edge) => swapped(edge, edge + 1), (edge) => `chain.hash event ${edge}`],
    [
      'a whole part removed',
      (edge) => `DELETE FROM job_event WHERE seq <= ${edge}`,
      (edge) => `chain.gap event ${edge + 1}`,
    ],
  ])('%s: found, and named as by one walk', (_what, sql, wanted) => {
    const { scene, total } = office();
    const edge = last(total);
    changed(scene, 'archive', sql(edge));
    const one = told(verified(scene, alone));
    expect(one).toContain(wanted(edge));
    expect(told(verified(scene, inParts))).toEqual(one);
    expect(told(verified(scene, inMany))).toEqual(one);
  });

  it.each([
    ['archive', "UPDATE document SET seq = 1 WHERE job = 'j2'", /^row.changed document/],
    [
      'keyring',
      "UPDATE job_key SET key = zeroblob(32) WHERE job = 'j1'",
      /^row.changed job_key j1$/,
    ],
    ['views', "UPDATE job_row SET row = replace(row, 'j2', 'j9')", /^views.differ job j2$/],
    ['views', "UPDATE job_row SET changed = 3 WHERE job = 'j1'", /^views.differ job j1$/],
    ['views', "DELETE FROM job_row WHERE job = 'j2'", /^views.differ job j2$/],
    ['views', "UPDATE search SET body = 'annet' WHERE rowid = 1", /^views.differ job j1$/],
  ] as const)('%s: %s', (which, sql, wanted) => {
    const { scene } = office();
    changed(scene, which, sql);
    const one = told(verified(scene, alone));
    expect(
      one.some((problem) => wanted.test(problem)),
      one.join('; '),
    ).toBe(true);
    expect(told(verified(scene, inParts))).toEqual(one);
  });

  it('can be stopped, and walked again', () => {
    const { scene } = office();
    const archive = unwrap(openArchive({ ...scene, plan: inMany }));
    const stop = () => {
      throw new Refusal('task.cancelled', 'stopped');
    };
    expect(() => archive.verify(stop)).toThrow('stopped');
    expect(archive.verify().problems).toEqual([]);
    archive.close();
  });
});
