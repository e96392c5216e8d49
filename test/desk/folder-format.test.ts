/** What the README promises to whoever writes the other half. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { statusFile } from '../../electron/desk/folder-status.ts';
import { placeFields } from '../../shared/job/job-file-fields.ts';
import { readJobFile, specOf } from '../../shared/job/job-file.ts';
import { unwrap } from '../../shared/result.ts';
import { watchFolder } from '../support/watched-folder.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const [, section = ''] = /## A watched folder\n([\s\S]*?)\n## /.exec(readme) ?? [];
const [jobExample = '', statusExample = ''] = [...section.matchAll(/```json\n([\s\S]*?)```/g)].map(
  ([, text = '']) => text,
);

const noWords = { hits: () => [], tags: () => [], size: () => ({ width: 595, height: 842 }) };

it('has an example of a job file that is taken', () => {
  const file = unwrap(readJobFile(jobExample));
  expect(specOf(file, ['document-1'], unwrap(placeFields(file, noWords)))).toMatchObject({
    reference: '2026/417',
    signers: [
      { id: 'signer-1', kind: 'simple', order: 0 },
      { id: 'signer-2', kind: 'advanced', order: 1 },
    ],
    fields: [{ document: 'document-1', signer: 'signer-1', placement: { page: 0 } }],
  });
});

it('has an example of a status file with the very keys that are written', async () => {
  const folder = watchFolder();
  try {
    folder.drop('sak-17');
    const [job = ''] = (await folder.settle()).flatMap(({ taken }) => taken);
    const made = folder.desk.archive.job(job);
    if (made === null) throw new Error('no job');
    const exported = { name: 'sak-17', files: [{ name: 'document-1.pdf', sha256: 'ab' }] };
    const text = statusFile({ name: 'sak-17', job: made, problem: null, exported });
    const written = JSON.parse(text) as object;
    const shown = JSON.parse(statusExample) as object;
    expect(shapeOf(shown)).toEqual(shapeOf(written));
  } finally {
    folder.close();
  }
});

it('takes a byte order mark, and a field that nobody else knows is refused', () => {
  expect(readJobFile(`\ufeff${jobExample}`).ok).toBe(true);
  const more = { ...(JSON.parse(jobExample) as object), priority: 1 };
  expect(readJobFile(JSON.stringify(more))).toMatchObject({
    error: { code: 'job.specification' },
  });
});

/** Keys in their order, of the first entry of each list. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [shapeOf(value[0])];
  if (value === null || typeof value !== 'object') return '';
  return Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]);
}
