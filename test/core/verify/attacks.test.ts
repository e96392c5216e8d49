import { describe, expect, test } from 'vitest';
import {
  bytesString,
  dict,
  isArray,
  isRef,
  latin1,
  name,
  ref,
  textString,
} from '../../../electron/core/pdf/objects.ts';
import { inspectPdf } from '../../../electron/core/pdf/inspect.ts';
import { unwrap } from '../../../shared/result.ts';
import { attackRows, forbidden, missed, visible } from '../../support/attacks/attack.ts';
import type { Must } from '../../support/attacks/attack.ts';
import { answerTo, attacks, variantsOf } from '../../support/attacks/attacks.ts';
import { containerAttacks } from '../../support/attacks/containers.ts';
import { objectStreamSwapped, preparations } from '../../support/attacks/shadow.ts';
import { document, makeTarget, parts, targetNames } from '../../support/attacks/target.ts';
import { overlaid } from '../../support/attacks/sneaky-marks.ts';
import { plainPdf } from '../../support/plain-pdf.ts';
import { pdfsig, qpdfRewritten } from '../../support/other-readers.ts';
import { appended, opened, signedWith, verified } from '../../support/signing.ts';
import { addAnnotation, edit, form, patched, revised } from '../../support/tampering.ts';

const signed = await signedWith(document);

describe('every variant of every attack is refused as the table says', () => {
  test('at least sixty, over all rows', () => {
    const rows = new Set([...attacks.map(({ row }) => row), 'containers']);
    expect([...rows].sort()).toEqual(Object.keys(attackRows).sort());
    const names = attacks.map(({ row, name }) => `${row}: ${name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length + containerAttacks.length).toBeGreaterThanOrEqual(60);
  });

  test.each(targetNames)('on a file that is %s', async (name) => {
    const target = await makeTarget(name);
    expect((await verified(target.bytes)).indication).toBe('TOTAL-PASSED');
    for await (const variant of variantsOf(target)) {
      const answer = missed(variant.must, await answerTo(variant.bytes));
      expect(answer, `${variant.row}: ${variant.name}`).toBeNull();
    }
  });

  test('and what is no damage is still valid to others', async () => {
    for await (const { row, name, leavesSignatureWhole, bytes } of variantsOf(
      await makeTarget('signed'),
    ))
      // The other rows, and the other targets: `npm run shows -- 6-2`.
      if (leavesSignatureWhole && (row === 'saving' || row === 'sneaky'))
        expect(pdfsig(bytes)[0]?.valid, name).toBe(true);
  });
});

describe('what is prepared before anybody signs', () => {
  /** Nothing can be said beforehand: all of it is shown, or used by what is shown. */
  const unseen = new Set([
    'hide: a form drawn over the text is emptied',
    'hide: a cover is cut off by its resources',
    'replace: a reference that led nowhere leads to an object of type XRef',
    'replace: a reference that led nowhere leads to an object of type ObjStm',
    'replace: a reference that led nowhere leads to an object of type Nothing',
  ]);

  test.each(preparations)('$name: told beforehand where it can be seen', ({ name, unsigned }) => {
    const { hidden } = unwrap(inspectPdf(opened(unsigned())));
    expect(hidden.length > 0).toBe(!unseen.has(name));
  });
});

async function answerFor(bytes: Uint8Array, must: Must): Promise<string | null> {
  return missed(must, await answerTo(bytes));
}
const allowed = async (bytes: Uint8Array) =>
  expect((await verified(bytes)).signatures[0]).toMatchObject({
    indication: 'TOTAL-PASSED',
    changes: 'allowed',
  });

describe('certification', () => {
  const note = dict({ Type: name('Annot'), Subtype: name('Text'), Rect: [1, 1, 20, 20] });
  const noted = (bytes: Uint8Array) =>
    revised(bytes, (update, document) => addAnnotation(update, document, note));
  const filled = (bytes: Uint8Array) =>
    revised(bytes, (update) => edit(update, ref(parts.amount), { V: textString('900') }));
  const fielded = (bytes: Uint8Array, rect: number[]) =>
    revised(bytes, (update, document) => {
      const widget = { Type: name('Annot'), Subtype: name('Widget'), P: ref(parts.page) };
      const field = { ...widget, FT: name('Sig'), T: textString('late'), Rect: rect };
      addAnnotation(update, document, dict(field), true);
    });

  test('P=1 leaves nothing open', async () => {
    const certified = await signedWith(document, { certify: 1 });
    for (const bytes of [filled(certified), noted(certified), fielded(certified, [0, 0, 0, 0])])
      expect(await answerFor(bytes, forbidden)).toBeNull();
  });

  test('P=2 leaves fields open: a note is forbidden, a new field seen is never green', async () => {
    const certified = await signedWith(document, { certify: 2 });
    expect(await answerFor(noted(certified), forbidden)).toBeNull();
    expect(await answerFor(fielded(certified, [300, 20, 400, 60]), visible)).toBeNull();
    await allowed(fielded(certified, [0, 0, 0, 0]));
  });

  test('P=3, and no certification: a note is shown, never green', async () => {
    const certified = await signedWith(document, { certify: 3 });
    expect(await answerFor(noted(certified), visible)).toBeNull();
    expect(await answerFor(noted(signed), visible)).toBeNull();
    await allowed(fielded(signed, [300, 20, 400, 60]));
  });

  test('a field that a lock closes may not be filled in', async () => {
    const locked = await signedWith(document, { lock: { action: 'Include', fields: ['amount'] } });
    expect(await answerFor(filled(locked), forbidden)).toBeNull();
    const open = await signedWith(document, { lock: { action: 'Exclude', fields: ['amount'] } });
    await allowed(filled(open));
  });
});

test('a field over the text, filled in so that the text is still seen, is good', async () => {
  const [amount, appearance] = overlaid.field;
  const bytes = revised(await signedWith(overlaid.document), (update) => {
    edit(update, ref(amount), { V: textString('900') });
    update.set(ref(appearance), form(145, 20, 'BT /H 11 Tf (900) Tj ET'));
  });
  await allowed(bytes);
});

test('the signed bytes themselves are changed', async () => {
  const bytes = patched(signed, (text) => text.replace('(100)', '(900)'));
  const must: Must = { indication: 'TOTAL-FAILED', because: ['HASH_FAILURE'] };
  expect(await answerFor(bytes, must)).toBeNull();
});

test('text behind the end is named, and never green', async () => {
  const report = await verified(appended(signed, latin1('some words')));
  expect(report.indication).toBe('INDETERMINATE');
  expect(report.anomalies).not.toEqual([]);
});

describe('signatures that hide', () => {
  test('one that no field leads to is named', async () => {
    const bytes = revised(signed, (update, document) => {
      const fields = document.arrayEntry(
        document.dictEntry(document.catalog, 'AcroForm') ?? dict({}),
        'Fields',
      );
      if (!isArray(fields)) throw new Error('no fields');
      edit(update, ref(parts.form), { Fields: [ref(parts.amount)] });
    });
    const report = await verified(bytes);
    expect(report.indication).toBe('NO-SIGNATURE');
    expect(report.anomalies.join(' ')).toMatch(/stands in no field/);
  });

  test('one that is taken out of its field is no signature any more, and no pass', async () => {
    const emptied = (bytes: Uint8Array) =>
      revised(bytes, (update, document) => {
        const form = document.dictEntry(document.catalog, 'AcroForm') ?? dict({});
        for (const field of document.arrayEntry(form, 'Fields') ?? [])
          if (isRef(field) && field.number !== parts.amount) {
            edit(update, field, { V: undefined });
            return;
          }
      });
    expect(await answerFor(emptied(signed), { indication: 'NO-SIGNATURE' })).toBeNull();
    const { bytes } = await makeTarget('signed twice');
    expect((await verified(emptied(bytes))).indication).toBe('TOTAL-FAILED');
  });

  test('a value that is no signature is named', async () => {
    const bytes = revised(plainPdf(), (update, document) => {
      const field = update.add(
        dict({ FT: name('Sig'), T: textString('odd'), V: bytesString(latin1('x')) }),
      );
      edit(update, document.catalogRef, { AcroForm: dict({ Fields: [field] }) });
    });
    expect((await verified(bytes)).anomalies.join(' ')).toMatch(/is no signature/);
  });
});

test('an object stream that is swapped takes its objects with it', async () => {
  const packed = await signedWith(qpdfRewritten(document, ['--object-streams=generate']));
  expect((await verified(packed)).signatures[0]).toMatchObject({
    indication: 'TOTAL-PASSED',
    changes: 'none',
  });
  expect(await answerFor(objectStreamSwapped(packed), forbidden)).toBeNull();
});
