import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { subkey } from '../../electron/archive/box.ts';
import { eventHash, type StoredEvent } from '../../electron/archive/chain.ts';
import { openDatabase } from '../../electron/archive/database.ts';
import { documentPath, layoutOf } from '../../electron/archive/layout.ts';
import { Refusal } from '../../shared/result.ts';
import * as stage from './scene.ts';

afterAll(stage.cleanUp);

function office() {
  const scene = stage.newScene();
  const archive = stage.created(scene);
  const document = stage.draft(archive, 'j1', randomBytes(200_000));
  stage.open(archive, 'j1', document, randomBytes(5_000));
  stage.draft(archive, 'j2', randomBytes(100));
  archive.close();
  return { scene, document };
}

/** Somebody with the archive key and SQL at hand. */
function tampered(sql: string) {
  const { scene, document } = office();
  const db = openDatabase(layoutOf(scene.home).archive, subkey(scene.key, 'archive'));
  db.exec(`DROP TRIGGER job_event_update; DROP TRIGGER job_event_delete;
    DROP TRIGGER document_update; DROP TRIGGER document_delete;
    DROP TRIGGER revision_update; DROP TRIGGER revision_delete`);
  db.pragma('foreign_keys = OFF');
  db.exec(sql.replaceAll('DOCUMENT', document));
  db.close();
  const archive = stage.opened(scene);
  const report = archive.verify();
  archive.close();
  expect(report.ok).toBe(report.problems.length === 0);
  return report.problems.map(({ code, place }) => `${code} ${place.replace(document, 'DOCUMENT')}`);
}

describe('verification', () => {
  it('passes what nobody has touched', () => {
    const { scene } = office();
    const archive = stage.opened(scene);
    const steps = new Set<string>();
    const report = archive.verify(({ step, done, total }) => {
      steps.add(step);
      expect(done).toBeLessThanOrEqual(total);
    });
    expect(report).toMatchObject({ ok: true, events: 5, documents: 2, revisions: 3 });
    expect(report.bytes).toBe(205_100);
    expect(report.head).toBe(archive.head().hash);
    expect(steps).toContain('archive.verify-documents');
    archive.close();
  });

  it.each([
    ['an event changed', "UPDATE job_event SET actor = 'u9' WHERE seq = 2", 'chain.hash event 2'],
    ['a time changed', "UPDATE job_event SET at = '2020' WHERE seq = 5", 'chain.hash event 5'],
    ['an event removed', 'DELETE FROM job_event WHERE seq = 2', 'chain.gap event 3'],
    [
      'a body swapped',
      'UPDATE job_event SET body = zeroblob(99) WHERE seq = 1',
      'event.unreadable event 1',
    ],
    [
      'a digest changed',
      'UPDATE job_event SET digest = zeroblob(32) WHERE seq = 1',
      'chain.hash event 1',
    ],
    [
      'a digest changed, for which another body is there',
      'UPDATE job_event SET digest = zeroblob(32) WHERE seq = 1',
      'event.differs event 1',
    ],
    [
      'a tail changed',
      'UPDATE revision SET tail = zeroblob(5028) WHERE number = 1',
      'document.unreadable document DOCUMENT',
    ],
    [
      'a hash changed',
      'UPDATE revision SET sha256 = zeroblob(32) WHERE number = 1',
      'revision.differs event 3',
    ],
    ['a revision removed', 'DELETE FROM revision WHERE number = 1', 'revision.missing event 3'],
    [
      'a document removed',
      "DELETE FROM revision WHERE document = 'DOCUMENT'",
      'revision.missing event 2',
    ],
  ])('notices %s', (_what, sql, problem) => {
    expect(tampered(sql)).toContain(problem);
  });

  it('notices a chain that was computed anew over a changed event, by its body', () => {
    const { scene } = office();
    const db = openDatabase(layoutOf(scene.home).archive, subkey(scene.key, 'archive'));
    db.exec('DROP TRIGGER job_event_update');
    const rows = db
      .prepare<[], StoredEvent & { prev: Buffer; hash: Buffer }>(
        'SELECT * FROM job_event ORDER BY seq',
      )
      .all();
    let prev: Uint8Array = Buffer.alloc(32);
    const before = new Map<string, Uint8Array>();
    const update = db.prepare(
      'UPDATE job_event SET version = ?, prev = ?, hash = ?, job = ? WHERE seq = ?',
    );
    for (const row of rows) {
      // The second job's events are passed off as the first one's.
      const changed = row.job === 'j2' ? { ...row, job: 'j1', version: row.version + 3 } : row;
      const hash = eventHash(prev, before.get(changed.job) ?? Buffer.alloc(32), changed);
      before.set(changed.job, hash);
      update.run(changed.version, prev, hash, changed.job, row.seq);
      prev = hash;
    }
    db.close();
    const archive = stage.opened(scene);
    const codes = archive.verify().problems.map((one) => `${one.code} ${one.place}`);
    expect(codes).toContain('event.unreadable event 4');
    archive.close();
  });

  it('can be stopped', () => {
    const { scene } = office();
    const archive = stage.opened(scene);
    const stop = () => {
      throw new Refusal('task.cancelled', 'stopped');
    };
    expect(() => archive.verify(stop)).toThrow('stopped');
    expect(archive.stage('j9', stage.bytesSource(randomBytes(9)), stop)).toMatchObject({
      error: { code: 'task.cancelled' },
    });
    expect(archive.verify().ok).toBe(true);
    archive.close();
  });

  it('notices a damaged, a missing and a stray file', () => {
    const { scene, document } = office();
    const layout = layoutOf(scene.home);
    const file = documentPath(layout.documents, document);
    const sound = readFileSync(file);
    const problems = () => {
      const archive = stage.opened(scene);
      const report = archive.verify();
      archive.close();
      return report.problems;
    };
    const bytes = Buffer.from(sound);
    bytes[150_000] = (bytes[150_000] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const unreadable = { code: 'document.unreadable', place: `document ${document}` };
    expect(problems()).toEqual([unreadable]);
    rmSync(file);
    expect(problems()).toEqual([unreadable]);
    writeFileSync(file, sound);
    expect(problems()).toEqual([]);
    mkdirSync(`${layout.documents}/zz`);
    writeFileSync(`${layout.documents}/zz/stray`, 'x');
    expect(problems()).toEqual([{ code: 'file.orphan', place: 'documents/zz/stray' }]);
  });

  it('notices views that say something else than the log', () => {
    const { scene } = office();
    const views = openDatabase(layoutOf(scene.home).views, subkey(scene.key, 'views'));
    views.exec(
      "UPDATE job_row SET row = replace(row, 'Leiekontrakt', 'Noe annet') WHERE job = 'j2'",
    );
    views.close();
    const archive = stage.opened(scene);
    expect(archive.verify().problems).toEqual([{ code: 'views.differ', place: 'job j2' }]);
    archive.close();
  });
});
