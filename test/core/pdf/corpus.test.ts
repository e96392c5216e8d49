/** Files other people made: each opens and takes an update, or is refused by name. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectPdf } from '../../../electron/core/pdf/inspect.ts';
import { concatSource, dict, memorySource, name } from '../../../electron/core/pdf/objects.ts';
import { openPdf } from '../../../electron/core/pdf/open.ts';
import { beginUpdate } from '../../../electron/core/pdf/update.ts';
import { Refusal, attempt } from '../../../shared/result.ts';

const corpus = new URL('../../../../shared/corpus/', import.meta.url).pathname;

const refusals = [
  'pdf.damaged',
  'pdf.beyond-repair',
  'pdf.truncated',
  'pdf.no-pages',
  'pdf.password',
  'pdf.encryption-unsupported',
];

/** What became of a file: `updated`, or the code of its refusal. */
function outcome(bytes: Uint8Array): string {
  const source = memorySource(bytes);
  const opened = openPdf(source);
  if (!opened.ok) return opened.error.code;
  const document = opened.value;
  const inspected = inspectPdf(document);
  if (!inspected.ok) return inspected.error.code;
  const built = attempt(() => {
    const update = beginUpdate(document);
    update.add(dict({ Type: name('Test') }));
    return update.build();
  });
  if (!built.ok) return built.error.code;
  const again = openPdf(concatSource(source, built.value.tail), { repair: 'strict' });
  if (!again.ok) return `again ${again.error.code}`;
  expect(again.value.revisions).toHaveLength(document.revisions.length + 1);
  expect(again.value.pageCount()).toBe(document.pageCount());
  const before = again.value.revisions.at(-2);
  expect(before?.markerEnd).toBe(document.revisions.at(-1)?.markerEnd);
  return 'updated';
}

describe.each([
  // Shares of files that take an update; the rest is encrypted, damaged or made to be refused.
  ['pdfjs', 0.95],
  ['pyhanko', 0.6],
] as const)('corpus %s', (folder, share) => {
  const path = join(corpus, folder);
  if (!existsSync(path)) {
    console.warn(`SKIPPED: ${path} is missing; real-world files were not tried.`);
    it.skip('is not here', () => undefined);
    return;
  }
  const files = readdirSync(path).filter((file) => file.endsWith('.pdf'));

  it('opens and updates its files, or refuses them by name', () => {
    const outcomes = files.map((file) => {
      try {
        return [file, outcome(new Uint8Array(readFileSync(join(path, file))))] as const;
      } catch (error) {
        if (error instanceof Refusal) return [file, `thrown ${error.failure.code}`] as const;
        throw new Error(`${file} is no expected failure`, { cause: error });
      }
    });
    const odd = outcomes.filter(([, code]) => code !== 'updated' && !refusals.includes(code));
    expect(odd).toEqual([]);
    const updated = outcomes.filter(([, code]) => code === 'updated');
    expect(updated.length / files.length).toBeGreaterThan(share);
  });
});
