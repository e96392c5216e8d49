/** Files of other makes, signed twice: a sample in the ordinary tests; `npm run corpus` takes them all. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Refusal } from '../../../shared/result.ts';
import { pdfsig } from '../../support/other-readers.ts';
import { signedWith, verdicts } from '../../support/signing.ts';

const corpus = join(import.meta.dirname, '../../../../shared/corpus');
const folders = ['pdfjs', 'pyhanko'].map((name) => join(corpus, name)).filter(existsSync);
if (folders.length === 0) console.warn(`no corpus at ${corpus}: these tests are skipped`);

const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.toLowerCase().endsWith('.pdf'))
    .sort()
    .filter((_, index) => index % 12 === 0)
    .map((name) => join(folder, name)),
);

test.skipIf(files.length === 0)(
  'what can be signed is signed well, the rest has a code',
  async () => {
    const placement = { page: 0, x: 5, y: 5, width: 90, height: 30 };
    const visible = {
      field: { create: { name: 'Mark', placement } },
      mark: { lines: ['Kari Nordmann', '24. november 2026'], typed: 'Kari' },
    };
    const outcomes: Record<string, number> = {};
    for (const file of files) {
      const base = new Uint8Array(readFileSync(file));
      try {
        const bytes = await signedWith(await signedWith(base, visible));
        expect(Buffer.compare(bytes.subarray(0, base.length), base)).toBe(0);
        const ours = (await verdicts(bytes)).slice(-2);
        expect([file, ...ours]).toEqual([file, 'TOTAL-PASSED', 'TOTAL-PASSED']);
        const valid = pdfsig(bytes).filter((signature) => signature.valid).length;
        expect(valid, file).toBeGreaterThanOrEqual(2);
        outcomes['signed'] = (outcomes['signed'] ?? 0) + 1;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        expect(error.failure.code).toMatch(/^(pdf|sign)\.[a-z-]+$/);
        outcomes[error.failure.code] = (outcomes[error.failure.code] ?? 0) + 1;
      }
    }
    expect(outcomes['signed'] ?? 0).toBeGreaterThan(files.length * 0.7);
  },
);

test.skipIf(files.length === 0)(
  'damage that shows only while a mark is placed is refused, too',
  async () => {
    const file = join(corpus, 'pyhanko/broken-objstream4.pdf');
    if (!existsSync(file)) return;
    const once = await signedWith(new Uint8Array(readFileSync(file)));
    const placement = { page: 0, x: 5, y: 5, width: 90, height: 30 };
    const again = signedWith(once, {
      field: { create: { name: 'Mark', placement } },
      mark: { lines: ['Kari'] },
    });
    await expect(again).rejects.toMatchObject({ failure: { code: 'pdf.damaged' } });
  },
);
