/** The search for leaks finds what is planted: in every form, in every place, and in the program's words. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../electron/archive/database.ts';
import { search } from '../support/leaks/allowed.ts';
import { contentsOf } from '../support/leaks/files.ts';
import { formsFound, secretOf } from '../support/leaks/forms.ts';
import { databaseInTheClear } from '../support/leaks/pages.ts';

const name = 'Ragnfrid Zåkariassen';
const number = '01818000010';
const folder = mkdtempSync(join(tmpdir(), 'skranke-planted-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['UTF-16 LE', Buffer.from(`x${number}`, 'utf16le')],
  ['UTF-16 BE', Buffer.from(`x${number}`, 'utf16le').swap16()],
  ['base64', Buffer.from(Buffer.from(`{"pid":"${number}"}`).toString('base64'))],
  ['base64, moved by one', Buffer.from(Buffer.from(`{"pid": "${number}"}`).toString('base64'))],
  ['base64, moved by two', Buffer.from(Buffer.from(`{"pid":  "${number}"}`).toString('base64url'))],
  ['hex', Buffer.from(Buffer.from(`x${number}x`).toString('hex'))],
  ['with a space', Buffer.from('Nr 018180 00010.')],
])('a number is found as %s', (_form, bytes) => {
  expect(formsFound(bytes, secretOf('number', number))).not.toEqual([]);
});

it.each([
  ['in an address', Buffer.from(`/?q=${encodeURIComponent(name)}`)],
  ['in a form', Buffer.from(`q=${encodeURIComponent(name).replaceAll('%20', '+')}`)],
  ['escaped in JSON', Buffer.from('{"name":"Ragnfrid Z\\u00e5kariassen"}')],
  ['turned about', Buffer.from('Zåkariassen, Ragnfrid')],
  ['in the search’s letters', Buffer.from('ragnfrid zåkariassen')],
  ['in Latin-1', Buffer.from(name, 'latin1')],
])('a name is found %s', (_form, bytes) => {
  expect(formsFound(bytes, secretOf('name', name))).not.toEqual([]);
  expect(formsFound(Buffer.from('Ragnfrid'), secretOf('name', name))).toEqual([]);
});

it('a database gives up its rows, its search tables, what was deleted and what was replaced', () => {
  const file = join(folder, 'planted.db');
  const key = Buffer.alloc(32, 7);
  const db = openDatabase(file, key);
  db.exec('CREATE TABLE one (x TEXT); CREATE VIRTUAL TABLE search USING fts5 (body)');
  db.exec("INSERT INTO one VALUES ('PlantedRow'); INSERT INTO search VALUES ('PlantedWord')");
  db.pragma('secure_delete = OFF');
  db.exec("CREATE TABLE two (x TEXT); INSERT INTO two VALUES ('PlantedDeleted')");
  db.exec('DROP TABLE two');
  db.pragma('secure_delete = ON');
  db.exec("INSERT INTO one VALUES ('PlantedFrame')");
  db.exec("UPDATE one SET x = '____________' WHERE x = 'PlantedFrame'");
  const pieces = databaseInTheClear('planted', file, key, folder);
  db.close();
  const placesOf = (text: string) =>
    new Set(pieces.filter(({ bytes }) => bytes.includes(text)).map(({ place }) => place));
  expect(placesOf('PlantedRow')).toContain('planted: table one');
  expect(placesOf('PlantedWord')).toContain('planted: table search_content');
  expect(placesOf('plantedword')).toContain('planted: table search_data');
  expect(placesOf('PlantedDeleted')).toContain('planted: pages');
  expect([...placesOf('PlantedFrame')]).toEqual(['planted: frames of the log']);
});

it('a file’s name, its bytes and a crash without our last catch are found; what is allowed is counted', () => {
  const place = join(folder, 'place');
  mkdirSync(place);
  writeFileSync(join(place, `${number}.txt`), name);
  const crash = spawnSync(
    process.execPath,
    ['-e', `Promise.reject(new Error(${JSON.stringify(name)}))`],
    { encoding: 'utf8' },
  );
  const pieces = [
    ...contentsOf('place', place),
    { place: 'crash', bytes: Buffer.from(crash.stderr) },
  ];
  const secrets = [secretOf('name', name), secretOf('number', number)];
  expect(search(pieces, secrets, []).leaks).toHaveLength(3);
  const list = [{ place: 'crash', what: ['name'], why: 'it is planted' }];
  const { leaks, table } = search(pieces, secrets, list);
  expect(leaks).toHaveLength(2);
  expect(table).toHaveLength(1);
});

it('our last catch says where, and nothing of what', () => {
  const script = join(folder, 'breaks.mjs');
  const catching = new URL('../../electron/last-catch.ts', import.meta.url).href;
  writeFileSync(
    script,
    `import { catchLast } from ${JSON.stringify(catching)};\ncatchLast();\nPromise.reject(new Error(${JSON.stringify(`${name} ${number}`)}));\n`,
  );
  const { stderr, status } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^crash Error at .*breaks\.mjs/);
  for (const secret of [secretOf('name', name), secretOf('number', number)])
    expect(formsFound(Buffer.from(stderr), secret)).toEqual([]);
});
