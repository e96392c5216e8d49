/** The program dies between two steps, at every one of them, and starts anew. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  aJobFile,
  dyingAfter,
  sample,
  watchFolder,
  type WatchedFolder,
} from '../support/watched-folder.ts';

/** What the other system sent: nothing of it may be gone. */
function filesOf(folder: WatchedFolder): readonly string[] {
  const found = ['', 'taken', 'refused'].flatMap((sub) => {
    const path = join(folder.in, sub);
    return existsSync(path) ? folder.list(path) : [];
  });
  return found.filter((name) => /\.(json|pdf)$/.test(name) && !name.endsWith('.error.json')).sort();
}

/** How many steps a whole intake has, and that every shorter life ends well. */
async function everyDeath(
  spec: object,
  files: Readonly<Record<string, Uint8Array | string>>,
  after: (folder: WatchedFolder, steps: number) => void,
): Promise<number> {
  for (let steps = 0; ; steps += 1) {
    const folder = watchFolder();
    try {
      folder.drop('sak', spec, files);
      await folder.look();
      await folder.look();
      const died = await folder.look(dyingAfter(steps)).then(
        ({ troubles }) => troubles.length > 0,
        () => true,
      );
      expect(filesOf(folder)).toEqual([...Object.keys(files), 'sak.json'].sort());
      folder.restart();
      await folder.settle();
      expect(filesOf(folder)).toEqual([...Object.keys(files), 'sak.json'].sort());
      after(folder, steps);
      if (!died) return steps;
    } finally {
      folder.close();
    }
  }
}

describe('an intake that is cut short', () => {
  it('makes exactly one job, and loses no file', { timeout: 120_000 }, async () => {
    const spec = aJobFile({ documents: [{ file: 'avtale.pdf' }, { file: 'vedlegg.pdf' }] });
    const files = { 'avtale.pdf': sample, 'vedlegg.pdf': sample };
    const steps = await everyDeath(spec, files, (folder, at) => {
      const { rows } = folder.desk.archive.list({ limit: 10 });
      expect(rows, `after ${at} steps`).toMatchObject([{ documents: 2, state: 'draft' }]);
      expect(folder.status('sak')).toMatchObject({ job: rows[0]?.id, state: 'draft' });
      expect(folder.list(folder.in).filter((name) => name.includes('.'))).toEqual([]);
      expect(folder.list(join(folder.in, 'taken'))).toHaveLength(3);
      expect(folder.desk.archive.verify().problems).toEqual([]);
    });
    expect(steps).toBeGreaterThan(10);
  });

  it('refuses for the reason that it had', { timeout: 120_000 }, async () => {
    const steps = await everyDeath(aJobFile(), { 'avtale.pdf': 'ikke en PDF' }, (folder, at) => {
      expect(folder.desk.archive.list({ limit: 10 }).rows).toEqual([]);
      expect(folder.error('sak'), `after ${at} steps`).toMatchObject({ code: 'pdf.not-a-pdf' });
      expect(folder.list(join(folder.in, 'refused'))).toEqual([
        ...['avtale.pdf', 'sak.error.json', 'sak.json'],
      ]);
    });
    expect(steps).toBeGreaterThan(4);
  });
});
