import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshFolder, putInPlace } from './put-in-place.ts';

let dist = '';
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'skranke-build-'));
});
afterEach(() => {
  rmSync(dist, { recursive: true, force: true });
});

/** What a build puts out: an entry that names its chunk, which is called after the build. */
function built(name: string): string {
  const folder = freshFolder(dist);
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer/index.html'), name);
  writeFileSync(join(folder, `renderer/chunk-${name}.js`), name);
  return folder;
}

describe('a finished build', () => {
  const place = () => join(dist, 'renderer');

  it('moves in where nothing stood', () => {
    putInPlace(join(built('one'), 'renderer'), place());
    expect(readdirSync(place()).toSorted()).toEqual(['chunk-one.js', 'index.html']);
  });

  it('takes the place of the one before, and leaves no file of it there', () => {
    for (const name of ['one', 'two']) {
      const fresh = built(name);
      putInPlace(join(fresh, 'renderer'), place());
      rmSync(fresh, { recursive: true });
    }
    expect(readdirSync(place()).toSorted()).toEqual(['chunk-two.js', 'index.html']);
    expect(readdirSync(dist)).toEqual(['renderer']);
  });

  it('does not mix with another that moves in at the same time', () => {
    const [one, two] = [built('one'), built('two')];
    expect(one).not.toBe(two);
    putInPlace(join(one, 'renderer'), place());
    putInPlace(join(two, 'renderer'), place());
    expect(readFileSync(join(place(), 'index.html'), 'utf8')).toBe('two');
    expect(existsSync(join(place(), 'chunk-one.js'))).toBe(false);
  });

  it('leaves what stands there when there is nothing to move in', () => {
    putInPlace(join(built('one'), 'renderer'), place());
    expect(() => {
      putInPlace(join(dist, 'missing'), place());
    }).toThrow('ENOENT');
    expect(existsSync(join(place(), 'chunk-one.js'))).toBe(true);
  });
});

it('sweeps up after builds that were killed, not after those that run', () => {
  const [old, running] = [freshFolder(dist), freshFolder(dist)];
  const yesterday = Date.now() / 1000 - 86_400;
  utimesSync(old, yesterday, yesterday);
  freshFolder(dist);
  expect([existsSync(old), existsSync(running)]).toEqual([false, true]);
});
