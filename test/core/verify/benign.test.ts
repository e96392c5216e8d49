import { describe, expect, test } from 'vitest';
import { unwrap } from '../../../shared/result.ts';
import { answerTo } from '../../support/attacks/attacks.ts';
import { benignRevisions } from '../../support/benign/benign.ts';
import { structureExtended, tagged } from '../../support/benign/editing.ts';
import { benignRows } from '../../support/benign/revision.ts';
import { signedWith, verified } from '../../support/signing.ts';

describe('what may happen after a signature', () => {
  test('at least thirty things, over all rows', () => {
    const rows = new Set(benignRevisions.map(({ row }) => row));
    expect([...rows].sort()).toEqual(Object.keys(benignRows).sort());
    const names = benignRevisions.map(({ row, name }) => `${row}: ${name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(30);
  });

  test.each(benignRevisions)('$row: $name', async ({ make }) => {
    const report = unwrap(await answerTo(await make()));
    for (const { indication, changes, sentence } of report.signatures) {
      expect(indication, sentence).toBe('TOTAL-PASSED');
      expect(['none', 'allowed']).toContain(changes);
    }
    expect(report.indication).toBe('TOTAL-PASSED');
  });
});

test('an element that says other words than the page is a change of the structure', async () => {
  const bytes = structureExtended(await signedWith(tagged), 'other words');
  expect((await verified(bytes)).signatures[0]).toMatchObject({
    indication: 'TOTAL-FAILED',
    changes: 'forbidden',
  });
});
