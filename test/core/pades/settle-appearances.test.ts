import { describe, expect, test } from 'vitest';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDict, isName } from '../../../electron/core/pdf/objects.ts';
import { formNodes } from '../../../electron/core/verify/field-tree.ts';
import { pdfsig, qpdfComplaints } from '../../support/other-readers.ts';
import { redrawnFields, redrawnForm } from '../../support/redrawn-form.ts';
import { opened, signedWith, verdicts } from '../../support/signing.ts';

const certified = () =>
  signedWith(redrawnForm(), {
    ...{ field: { create: { name: 'Seal', placement: null } }, certify: 2 },
    addFields: [{ name: 'First', placement: { page: 0, x: 40, y: 600, width: 200, height: 60 } }],
  });

/** What Poppler reads on the page, the fields' appearances included. */
function wordsOf(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-form-'));
  const path = join(folder, 'form.pdf');
  writeFileSync(path, bytes);
  try {
    return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a form that asks its viewers to draw', () => {
  test('is drawn before it is certified, and asks no more', async () => {
    const bytes = await certified();
    expect(qpdfComplaints(bytes)).toBeNull();
    const document = opened(bytes);
    const form = document.dictEntry(document.catalog, 'AcroForm');
    expect(form?.entries.has('NeedAppearances')).toBe(false);
    const nodes = formNodes(document);
    for (const name of redrawnFields)
      for (const { dict } of nodes.filter((node) => node.name === name))
        if (isName(document.entry(dict, 'Subtype'), 'Widget'))
          expect(isDict(document.entry(dict, 'AP')), name).toBe(true);
    const words = wordsOf(bytes);
    expect(words).toContain('Vestby kommune');
    // What is displayed of a choice, not what is sent.
    expect(words).toContain('Biblioteket');
    expect(words).not.toContain('Radhuset');
  });

  test('boxes stand as their values say', async () => {
    const document = opened(await certified());
    const states = formNodes(document).flatMap(({ name, dict }) => {
      const state = document.entry(dict, 'AS');
      return isName(state) ? [[name, state.value]] : [];
    });
    expect(states).toEqual([
      ['Enig', 'Ja'],
      ['Uenig', 'Off'],
      ['Valg', 'Off'],
      ['Valg', 'To'],
    ]);
  });

  test('is signed after that, and every signature holds here and with Poppler', async () => {
    const both = await signedWith(await certified(), { field: { existing: 'First' } });
    expect(pdfsig(both).map(({ valid }) => valid)).toEqual([true, true]);
    expect(await verdicts(both)).toEqual(['TOTAL-PASSED', 'TOTAL-PASSED']);
  });

  test('a signature that does not certify leaves it as it came', async () => {
    const document = opened(await signedWith(redrawnForm()));
    const form = document.dictEntry(document.catalog, 'AcroForm');
    expect(form?.entries.get('NeedAppearances')).toBe(true);
  });
});
