import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/archive/database.ts';
import { migration001 } from '../../../electron/archive/migrations/001-first.ts';
import { cleanUp, random, temporaryFolder } from '../scene.ts';

afterAll(cleanUp);

function migrated(which: 'archive' | 'keyring') {
  const db = openDatabase(join(temporaryFolder(), 'test.db'), random.bytes(32));
  db.exec(migration001[which]);
  return db;
}

const event = (seq: number, job: string, version: number, prev = 'zeroblob(32)') =>
  `INSERT INTO job_event VALUES (${seq}, '${job}', ${version}, '2026', 'u', 't', x'00', zeroblob(32), ${prev}, zeroblob(32))`;

describe('migration 001', () => {
  it('is frozen', () => {
    const text = JSON.stringify(migration001);
    expect(createHash('sha256').update(text).digest('hex')).toBe(
      '289954cffd78fb96a922ce1e32681e1390aadce4e8977422ac6a4d01860eab1a',
    );
  });

  it('keeps the log one unbroken line', () => {
    const db = migrated('archive');
    db.exec(event(1, 'a', 1));
    for (const broken of [event(3, 'a', 2), event(2, 'a', 1), event(2, 'a', 3), event(2, 'b', 2)])
      expect(() => db.exec(broken)).toThrow('out of line');
    expect(() => db.exec(event(2, 'a', 2, 'zeroblob(31)'))).toThrow('CHECK');
    db.exec(event(2, 'b', 1));
    db.close();
  });

  it('keeps the revisions of a document one unbroken line', () => {
    const db = migrated('archive');
    db.exec(event(1, 'a', 1));
    db.exec("INSERT INTO document VALUES ('d', 'a', 1)");
    const revision = (number: number, start: number, length: number, tail = "x'01'") =>
      `INSERT INTO revision VALUES ('d', ${number}, ${start}, ${length}, zeroblob(32), 1, ${tail})`;
    expect(() => db.exec(revision(1, 0, 5))).toThrow('out of line');
    expect(() => db.exec(revision(0, 0, 10))).toThrow('CHECK');
    db.exec(revision(0, 0, 10, 'NULL'));
    expect(() => db.exec(revision(1, 9, 20))).toThrow('out of line');
    expect(() => db.exec(revision(1, 10, 20, 'NULL'))).toThrow('CHECK');
    expect(() => db.exec(revision(1, 10, 9))).toThrow('CHECK');
    db.exec(revision(1, 10, 20));
    expect(() => db.exec("INSERT INTO document VALUES ('e', 'a', 9)")).toThrow('FOREIGN KEY');
    db.close();
  });

  it('never gives a destroyed job a key again, nor another key', () => {
    const db = migrated('keyring');
    db.exec("INSERT INTO job_key VALUES ('a', zeroblob(32)), ('b', zeroblob(32))");
    expect(() => db.exec("UPDATE job_key SET key = randomblob(32) WHERE job = 'a'")).toThrow(
      'never',
    );
    db.exec("DELETE FROM job_key WHERE job = 'a'; INSERT INTO destroyed VALUES ('a', '2026')");
    expect(() => db.exec("INSERT INTO job_key VALUES ('a', zeroblob(32))")).toThrow('destroyed');
    db.close();
  });
});
