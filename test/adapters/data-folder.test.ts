import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseFolder } from '../../electron/adapters/data-folder.ts';

let folder = '';
let shared = '';
let own = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'skranke-folder-'));
  shared = join(folder, 'machine');
  own = join(folder, 'person');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function archiveIn(home: string): void {
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'archive.db'), '');
}

describe('the data folder', () => {
  it('is one per machine where it can be made', () => {
    expect(chooseFolder(shared, own)).toBe(shared);
  });

  it('is the person’s own where the machine’s cannot be made', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(chooseFolder(join(folder, 'file/below'), own)).toBe(own);
  });

  it('stays where an archive is already: nobody gets a second, empty one', () => {
    archiveIn(own);
    expect(chooseFolder(shared, own)).toBe(own);
    mkdirSync(shared, { recursive: true });
    expect(chooseFolder(shared, own)).toBe(own);
    archiveIn(shared);
    expect(chooseFolder(shared, own)).toBe(shared);
  });

  it('is the machine’s where one is there, even if it lets nobody in: that is said, not got round', () => {
    writeFileSync(shared, '');
    expect(chooseFolder(shared, own)).toBe(shared);
  });
});
