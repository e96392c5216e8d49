import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { subkey } from '../../electron/archive/box.ts';
import { type Db, openDatabase, schemaOf } from '../../electron/archive/database.ts';
import { layoutOf } from '../../electron/archive/layout.ts';
import { migrate, migrations, newestSchema } from '../../electron/archive/migrate.ts';
import { cleanUp, created, newScene, random, temporaryFolder } from './scene.ts';

afterAll(cleanUp);

const folder = new URL('../../electron/archive/migrations/', import.meta.url).pathname;
const tests = new URL('./migrations/', import.meta.url).pathname;

function schema(db: Db): readonly string[] {
  return db
    .prepare<[], string>(
      `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'search_*'
       ORDER BY type, name`,
    )
    .pluck()
    .all();
}

describe('migrations', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));

  it('are numbered without a gap, and all of them run', () => {
    expect(files.map((name) => Number(/^(\d{3})-[a-z-]+\.ts$/.exec(name)?.[1]))).toEqual(
      migrations.map((migration) => migration.number),
    );
    expect(migrations.map((migration) => migration.number)).toEqual(
      migrations.map((_, index) => index + 1),
    );
  });

  it.each(files)('%s has a test of its own, which freezes it', (name) => {
    const test = join(tests, name.replace(/\.ts$/, '.test.ts'));
    expect(existsSync(test), `${test} is missing`).toBe(true);
    expect(readFileSync(test, 'utf8')).toContain("it('is frozen'");
  });

  it.each(files)('%s imports nothing', (name) => {
    expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/\bimport\b|\brequire\b/);
  });

  it('lead a database from each number to the newest, once', () => {
    for (const which of ['archive', 'keyring'] as const)
      for (let from = 0; from <= newestSchema; from++) {
        const db = openDatabase(join(temporaryFolder(), 'test.db'), random.bytes(32));
        for (const migration of migrations.slice(0, from)) {
          db.exec(migration[which]);
          db.pragma(`user_version = ${migration.number}`);
        }
        migrate(db, which);
        migrate(db, which);
        expect(schemaOf(db)).toBe(newestSchema);
        db.close();
      }
  });

  it('make this schema', async () => {
    const scene = newScene();
    created(scene).close();
    const layout = layoutOf(scene.home);
    const all = (['archive', 'keyring', 'views'] as const).map((name) => {
      const db = openDatabase(layout[name], subkey(scene.key, name));
      const text = schema(db);
      db.close();
      return `== ${name}\n${text.join(';\n')};`;
    });
    await expect(`${all.join('\n\n')}\n`).toMatchFileSnapshot('./schema.sql');
  });
});
