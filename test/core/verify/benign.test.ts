import { describe, expect, test } from 'vitest';
import { trialTimestamps } from '../../../electron/adapters/trial-timestamp-authority.ts';
import { addFields } from '../../../electron/core/pades/add-fields.ts';
import { timestampDocument } from '../../../electron/core/pades/timestamp-document.ts';
import {
  dict,
  isDict,
  latin1,
  name,
  ref,
  stream,
  textString,
} from '../../../electron/core/pdf/objects.ts';
import { unwrap } from '../../../shared/result.ts';
import { buildPdf, onePage } from '../../support/pdf-builder.ts';
import { qpdfRewritten } from '../../support/other-readers.ts';
import { firstFreeObject, plainPdf } from '../../support/plain-pdf.ts';
import {
  appended,
  authority,
  opened,
  ports,
  signedWith,
  signingTime,
  verified,
} from '../../support/signing.ts';
import { edit, editCatalog, form, revised } from '../../support/tampering.ts';

const free = firstFreeObject(1);
const base = plainPdf({
  catalog: `/AcroForm ${free} 0 R`,
  pages: [{ entries: `/Annots [${free + 1} 0 R]` }],
  objects: [
    `<< /Fields [${free + 1} 0 R] /DA (/H 11 Tf 0 g) /DR << /Font << /H 3 0 R >> >> >>`,
    `<< /Type /Annot /Subtype /Widget /FT /Tx /T (amount) /Rect [60 500 200 520] /AP << /N ${free + 2} 0 R >> /P 4 0 R >>`,
    '<< /Type /XObject /Subtype /Form /BBox [0 0 140 20] /Length 4 >>\nstream\nq Q \nendstream',
  ],
});
const signed = await signedWith(base);
const place = (y: number) => ({ page: 0, x: 300, y, width: 200, height: 60 });
const mark = { lines: ['Kari Nordmann', '24.11.2026'], typed: 'Kari Nordmann' };

const timestamps = trialTimestamps({
  ...authority.issueTimestamper(),
  clock: { now: () => signingTime },
});

async function stamped(bytes: Uint8Array): Promise<Uint8Array> {
  const { tail } = unwrap(await timestampDocument(opened(bytes), { ...ports, timestamps }));
  return appended(bytes, tail);
}

const validationData = (bytes: Uint8Array): Uint8Array =>
  editCatalog(bytes, (update) => {
    const der = authority.intermediate.certificate;
    const cert = update.add(stream(dict({ Length: der.length }), der));
    return {
      DSS: update.add(dict({ Type: name('DSS'), Certs: update.add([cert]) })),
      Extensions: dict({ ESIC: dict({ BaseVersion: name('1.7'), ExtensionLevel: 5 }) }),
    };
  });

describe('what may happen after a signature', () => {
  const steps: Record<string, () => Promise<Uint8Array> | Uint8Array> = {
    'another invisible signature': () => signedWith(signed),
    'another visible signature in a new field that covers nothing': () =>
      signedWith(signed, { field: { create: { name: 'Second', placement: place(600) } }, mark }),
    'a signature in a prepared field': async () =>
      signedWith(await signedWith(base, { addFields: [{ name: 'Ola', placement: place(600) }] }), {
        field: { existing: 'Ola' },
        mark,
      }),
    'two prepared fields, signed in turn after a certification with P=2': async () => {
      const open = await signedWith(base, {
        certify: 2,
        addFields: [
          { name: 'Ola', placement: place(600) },
          { name: 'Kari', placement: place(700) },
        ],
      });
      const once = await signedWith(open, { field: { existing: 'Kari' }, mark });
      return signedWith(once, { field: { existing: 'Ola' }, mark });
    },
    'an empty field that is added and signed later': async () => {
      const tail = unwrap(
        addFields(opened(signed), [{ name: 'Ola', placement: place(600) }], ports),
      );
      return signedWith(appended(signed, tail), { field: { existing: 'Ola' }, mark });
    },
    'a document timestamp': () => stamped(signed),
    'a document timestamp after a certification that allows nothing': async () =>
      stamped(await signedWith(base, { certify: 1 })),
    'validation data': () => validationData(signed),
    'validation data after a certification that allows nothing': async () =>
      validationData(await signedWith(base, { certify: 1 })),
    'a timestamp, validation data and another timestamp': async () =>
      stamped(validationData(await stamped(signed))),
    'a field filled in, with an appearance of its own': () =>
      revised(signed, (update) =>
        edit(update, ref(free + 1), {
          V: textString('900'),
          AP: dict({ N: update.add(form(140, 20, 'BT (900) Tj ET')) }),
        }),
      ),
    'a field filled in, its appearance changed in place': () =>
      revised(signed, (update) => {
        edit(update, ref(free + 1), { V: textString('900') });
        update.set(ref(free + 2), form(140, 20, 'BT /H 11 Tf (900) Tj ET'));
      }),
    'a field filled in under P=2': async () =>
      revised(await signedWith(base, { certify: 2 }), (update) =>
        edit(update, ref(free + 1), { V: textString('900') }),
      ),
    'metadata in the catalog': () =>
      editCatalog(signed, (update) => ({
        Metadata: update.add(stream(dict({ Type: name('Metadata'), Length: 3 }), latin1('<x>'))),
      })),
    'a font added to the resources of the form': () =>
      revised(signed, (update) =>
        edit(update, ref(free), {
          DR: dict({ Font: dict({ H: ref(3), ZaDb: dict({ Type: name('Font') }) }) }),
        }),
      ),
    'objects rewritten as they were': () =>
      revised(signed, (update, document) => {
        for (const number of [1, 2, 3, 4, 5, free])
          update.set(ref(number), document.resolve(ref(number)));
      }),
    'a revision without anything': () => revised(signed, () => undefined),
    'ten signatures': async () => {
      let bytes = signed;
      for (let i = 0; i < 9; i++) bytes = await signedWith(bytes);
      return bytes;
    },
  };

  test.each(Object.entries(steps))('%s', async (_, step) => {
    const report = await verified(await step());
    for (const { indication, changes, sentence } of report.signatures) {
      expect(indication, sentence).toBe('TOTAL-PASSED');
      expect(['none', 'allowed']).toContain(changes);
    }
    expect(report.indication).toBe('TOTAL-PASSED');
  });
});

describe('files of every make', () => {
  test.each([
    ['object streams', ['--object-streams=generate']],
    ['linearized', ['--linearize']],
    ['encrypted for everybody to read', ['--encrypt', '', 'owner', '256', '--']],
    [
      'encrypted with RC4',
      ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--use-aes=n', '--'],
    ],
  ])('%s', async (_, options) => {
    const bytes = await signedWith(await signedWith(qpdfRewritten(base, options)));
    const report = await verified(bytes);
    expect(report.signatures.map(({ indication }) => indication)).toEqual([
      'TOTAL-PASSED',
      'TOTAL-PASSED',
    ]);
  });

  test('hybrid references as Word writes them', async () => {
    const hybrid = buildPdf({ style: 'hybrid', objects: onePage, compressed: [2] });
    const bytes = await signedWith(await signedWith(hybrid));
    expect((await verified(bytes)).indication).toBe('TOTAL-PASSED');
  });

  test('tagged: an element for the new widget is no change of the structure', async () => {
    const tagged = plainPdf({
      catalog: `/MarkInfo << /Marked true >> /StructTreeRoot ${free} 0 R`,
      objects: [
        `<< /Type /StructTreeRoot /K [${free + 1} 0 R] /ParentTree ${free + 2} 0 R /ParentTreeNextKey 1 >>`,
        `<< /Type /StructElem /S /P /P ${free} 0 R /Pg 4 0 R /K 0 >>`,
        `<< /Nums [0 [${free + 1} 0 R]] >>`,
      ],
    });
    const once = await signedWith(tagged);
    const extended = (actual: boolean) =>
      revised(once, (update, document) => {
        const root = document.resolve(ref(free));
        if (!isDict(root)) throw new Error('no structure');
        const element = update.add(
          dict({
            Type: name('StructElem'),
            S: name('Form'),
            P: ref(free),
            ActualText: actual ? textString('other words') : undefined,
            K: dict({ Type: name('OBJR'), Obj: ref(4) }),
          }),
        );
        edit(update, ref(free), { K: [ref(free + 1), element], ParentTreeNextKey: 2 });
        edit(update, ref(free + 2), { Nums: [0, [ref(free + 1)], 1, element] });
      });
    expect((await verified(extended(false))).signatures[0]).toMatchObject({
      indication: 'TOTAL-PASSED',
      changes: 'allowed',
    });
    expect((await verified(extended(true))).signatures[0]).toMatchObject({
      indication: 'TOTAL-FAILED',
      changes: 'forbidden',
    });
  });
});
