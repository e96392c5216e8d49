import { describe, expect, test } from 'vitest';
import type { FieldRequest } from '../../../electron/core/pades/signature.ts';
import { dict, textString, type PdfObject } from '../../../electron/core/pdf/objects.ts';
import type { PdfUpdate } from '../../../electron/core/pdf/document.ts';
import { formNodes } from '../../../electron/core/verify/field-tree.ts';
import { pdfsig, qpdfComplaints } from '../../support/other-readers.ts';
import { plainPdf } from '../../support/plain-pdf.ts';
import { opened, signedWith, verdicts, verified } from '../../support/signing.ts';
import { edit, form, revised } from '../../support/tampering.ts';

const at = (y: number, width = 160, height = 24) => ({ page: 0, x: 300, y, width, height });
const names = ['Account', 'Rules', 'Case'] as const;

/** Certified with P=2 as a job is opened: a text, a box, something settled, and fields for two signatures. */
async function openedForm(rotate = 0): Promise<Uint8Array> {
  const fields: readonly FieldRequest[] = [
    { name: 'Account', placement: at(100), form: { type: 'text', maxLength: 20 } },
    { name: 'Rules', placement: at(140, 16, 16), form: { type: 'check' } },
    {
      ...{ name: 'Case', placement: at(180) },
      form: { type: 'text', value: 'Sak 2026/417', readOnly: true },
    },
    { name: 'First', placement: at(300, 200, 60), locks: ['Account', 'Rules', 'Case'] },
    { name: 'Second', placement: at(380, 200, 60) },
  ];
  return signedWith(plainPdf({ pages: [{ rotate }] }), {
    field: { create: { name: 'Seal', placement: null } },
    ...{ addFields: fields, certify: 2, lock: { action: 'Include', fields: ['Case'] } },
  });
}

const fill = [
  { field: 'Account', value: '1234 56 78901', readOnly: true },
  { field: 'Rules', value: 'yes', readOnly: true },
];

async function filledForm(rotate = 0): Promise<Uint8Array> {
  return signedWith(await openedForm(rotate), { field: { existing: 'First' }, fill });
}

function altered(
  bytes: Uint8Array,
  field: string,
  change: (update: PdfUpdate) => Readonly<Record<string, PdfObject>>,
): Uint8Array {
  const node = formNodes(opened(bytes)).find(({ name }) => name === field);
  return revised(bytes, (update) => {
    if (node?.ref) edit(update, node.ref, change(update));
  });
}

const drawn = (update: PdfUpdate) =>
  dict({ N: update.add(form(160, 24, 'BT /H 11 Tf (9999) Tj ET')) });

describe('fields that signers fill in', () => {
  test.each([0, 90, 180, 270])('are good everywhere, on a page turned by %i', async (rotate) => {
    const filled = await filledForm(rotate);
    const both = await signedWith(filled, { field: { existing: 'Second' } });
    expect(qpdfComplaints(both)).toBeNull();
    expect(pdfsig(both).map(({ valid }) => valid)).toEqual([true, true, true]);
    const report = await verified(both);
    expect(report.indication).toBe('TOTAL-PASSED');
    expect(report.signatures.map(({ changes }) => changes)).toEqual(['allowed', 'allowed', 'none']);
  });

  test.each(names)('cannot be changed afterwards: %s', async (field) => {
    const filled = await filledForm();
    expect(await verdicts(filled)).toEqual(['TOTAL-PASSED', 'TOTAL-PASSED']);
    const ways: readonly ((update: PdfUpdate) => Readonly<Record<string, PdfObject>>)[] = [
      () => ({ V: textString('9999') }),
      (update) => ({ AP: drawn(update) }),
      (update) => ({ V: textString('9999'), AP: drawn(update) }),
      () => ({ Ff: 0 }),
    ];
    for (const way of ways)
      expect((await verified(altered(filled, field, way))).indication).not.toBe('TOTAL-PASSED');
  });

  test('what the clerk has settled cannot be changed before the first signer either', async () => {
    const waiting = await openedForm();
    expect(await verdicts(waiting)).toEqual(['TOTAL-PASSED']);
    const settled = altered(waiting, 'Case', (update) => ({
      ...{ V: textString('Sak 1'), AP: drawn(update) },
    }));
    expect(await verdicts(settled)).toEqual(['TOTAL-FAILED']);
    // What is still open may be filled in by any program: P=2 says so.
    const open = altered(waiting, 'Account', () => ({ V: textString('9999') }));
    expect(await verdicts(open)).toEqual(['TOTAL-PASSED']);
  });

  test('are refused where they are not there, are closed, or come after a signature', async () => {
    const filled = await filledForm();
    const again = (field: string) =>
      signedWith(filled, { field: { existing: 'Second' }, fill: [{ field, value: 'x' }] });
    await expect(again('Account')).rejects.toMatchObject({
      failure: { code: 'sign.field-locked' },
    });
    await expect(again('Nobody')).rejects.toMatchObject({ failure: { code: 'fill.no-field' } });
    await expect(again('Second')).rejects.toMatchObject({
      failure: { code: 'fill.not-fillable' },
    });
    const late = { name: 'Late', placement: at(500), form: { type: 'text' } } as const;
    await expect(signedWith(filled, { addFields: [late] })).rejects.toMatchObject({
      failure: { code: 'sign.not-allowed' },
    });
    const letter = [{ field: 'Account', value: '\u{1F600}' }];
    await expect(
      signedWith(await openedForm(), { field: { existing: 'First' }, fill: letter }),
    ).rejects.toMatchObject({
      failure: { code: 'appearance.no-glyph', detail: { field: 'Account', character: 'U+1F600' } },
    });
  });
});
