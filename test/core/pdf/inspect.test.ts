import { describe, expect, it } from 'vitest';
import { inspectPdf } from '../../../electron/core/pdf/inspect.ts';
import { hiddenCodes } from '../../../electron/core/pdf/hidden-content.ts';
import { memorySource } from '../../../electron/core/pdf/objects.ts';
import { openPdf } from '../../../electron/core/pdf/open.ts';
import type { DocumentFindings } from '../../../shared/document.ts';
import { unwrap } from '../../../shared/result.ts';
import { buildPdf, bytesOf, onePage, streamBody, textOf } from '../../support/pdf-builder.ts';

function inspect(
  objects: Record<number, string>,
  change = (text: string) => text,
): DocumentFindings {
  const bytes = bytesOf(change(textOf(buildPdf({ objects: { ...onePage, ...objects } }))));
  return unwrap(inspectPdf(unwrap(openPdf(memorySource(bytes)))));
}

const catalog = (entries: string) => `<< /Type /Catalog /Pages 2 0 R ${entries} >>`;
const page = (entries: string) =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R ${entries} >>`;

describe('inspectPdf', () => {
  it('finds nothing odd in a plain file', () => {
    expect(inspect({})).toEqual({
      pageCount: 1,
      pages: [{ crop: { x0: 0, y0: 0, x1: 595, y1: 842 }, rotate: 0, userUnit: 1 }],
      pdfVersion: '1.7',
      pdfa: null,
      encrypted: false,
      signatures: 0,
      certified: null,
      emptySignatureFields: [],
      hidden: [],
      anomalies: [],
    });
  });

  it.each([
    ['<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>', 'PDF/A-2b'],
    ['<rdf:Description pdfaid:part="1" pdfaid:conformance=\'A\'/>', 'PDF/A-1a'],
    ['<pdfaid:part> 4 </pdfaid:part><pdfaid:rev>2020</pdfaid:rev>', 'PDF/A-4'],
    ['<pdfaid:part>many</pdfaid:part>', null],
    ['<dc:title>pdfaid</dc:title>', null],
  ])('reads the claim in %j', (xmp, claim) => {
    const found = inspect({ 1: catalog('/Metadata 8 0 R'), 8: streamBody('/Type /Metadata', xmp) });
    expect(found.pdfa).toBe(claim);
  });

  it('counts signatures, empty fields and the certification', () => {
    const found = inspect({
      1: catalog(
        '/AcroForm << /SigFlags 3 /Fields [8 0 R 9 0 R 12 0 R] >> /Perms << /DocMDP 10 0 R >>',
      ),
      8: '<< /FT /Sig /T (Author) /V 10 0 R >>',
      9: '<< /T (Group) /FT /Sig /Kids [11 0 R] >>',
      10: '<< /Type /Sig /Filter /Adobe.PPKLite /Contents <00> /ByteRange [0 1 2 3] /Reference [<< /TransformMethod /DocMDP /TransformParams << /P 1 >> >>] >>',
      11: '<< /T (Second) /Parent 9 0 R >>',
      12: '<< /T (Name) /FT /Tx >>',
    });
    expect(found.signatures).toBe(1);
    expect(found.emptySignatureFields).toEqual(['Group.Second']);
    expect(found.certified).toBe(1);
  });

  const rows: readonly (readonly [keyof typeof hiddenCodes, Record<number, string>])[] = [
    [
      'hidden.optional-content',
      {
        1: catalog('/OCProperties << /OCGs [8 0 R] /D << /OFF [8 0 R] >> >>'),
        8: '<< /Type /OCG /Name (x) >>',
      },
    ],
    [
      'hidden.javascript',
      { 1: catalog('/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (1) >>] >> >>') },
    ],
    ['hidden.javascript', { 3: page('/AA << /O << /S /JavaScript /JS (1) >> >>') }],
    ['hidden.actions', { 1: catalog('/OpenAction << /S /Named /N /Print >>') }],
    [
      'hidden.launch',
      { 3: page('/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (x) >> >>]') },
    ],
    [
      'hidden.external',
      { 3: page('/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /SubmitForm /F (x) >> >>]') },
    ],
    ['hidden.attachments', { 1: catalog('/Names << /EmbeddedFiles << /Names [] >> >>') }],
    ['hidden.attachments', { 3: page('/Annots [<< /Subtype /FileAttachment /Rect [0 0 9 9] >>]') }],
    ['hidden.xfa', { 1: catalog('/AcroForm << /Fields [] /XFA [] >>') }],
    [
      'hidden.hidden-annotations',
      { 3: page('/Annots [<< /Subtype /Square /Rect [0 0 9 9] /F 2 >>]') },
    ],
    [
      'hidden.overlay',
      { 3: page('/Annots [<< /Subtype /Stamp /Rect [0 0 90 90] /AP << /N 4 0 R >> >>]') },
    ],
    ['hidden.multimedia', { 3: page('/Annots [<< /Subtype /RichMedia /Rect [0 0 9 9] >>]') }],
    [
      'hidden.unreferenced',
      { 8: streamBody('/Type /XObject /Subtype /Form /BBox [0 0 9 9]', 'q Q') },
    ],
  ];
  it.each(rows)('reports %s', (code, objects) => {
    expect(inspect(objects).hidden).toEqual([code]);
  });
  it('has a test for each code it can report', () => {
    expect([...new Set(rows.map(([code]) => code))].sort()).toEqual(
      Object.keys(hiddenCodes).sort(),
    );
  });

  it('does not take ordinary things for hidden ones', () => {
    const found = inspect({
      1: catalog(
        '/OpenAction [3 0 R /Fit] /OCProperties << /OCGs [8 0 R] /D << /ON [8 0 R] >> >> /AcroForm << /Fields [9 0 R] >>',
      ),
      3: page(
        '/Annots [9 0 R << /Subtype /Link /Rect [0 0 100 100] /A << /S /URI /URI (https://example.org) >> >>]',
      ),
      8: '<< /Type /OCG /Name (x) >>',
      9: '<< /FT /Sig /T (a) /Subtype /Widget /Rect [0 0 0 0] /F 2 >>',
    });
    expect(found.hidden).toEqual([]);
  });

  it('names structural oddities, each once', () => {
    expect(inspect({ 8: '(nobody)', 9: '(asks for these)' }).anomalies).toEqual([
      'structure.orphaned-objects',
    ]);
    expect(inspect({ 4: '<< /Length 99 >>\nstream\nq Q\nendstream' }).anomalies).toEqual([
      'structure.stream-length',
    ]);
    const moved = inspect({ 8: '(nobody)' }, (text) => text.replace('8 0 obj', '8 0 obx'));
    expect(moved.anomalies).toContain('structure.objects-misplaced');
    expect(inspect({}, (text) => `${text}tail`).anomalies).toEqual(['structure.bytes-after-end']);
  });
});
