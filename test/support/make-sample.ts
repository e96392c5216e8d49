/**
 * Makes resources/sample/leieavtale.pdf from the HTML beside it: Chromium sets the pages, pdf-lib adds
 * what PDF/A-2b asks for (XMP claim, output intent). Run by hand when the text changes:
 * `node test/support/make-sample.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib';
import { chromium } from 'playwright';
import { srgbProfile } from './srgb-profile.ts';

const resources = join(import.meta.dirname, '../../resources');
const made = new Date('2026-11-24T08:00:00Z');

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const page = await browser.newPage();
await page.goto(pathToFileURL(join(resources, 'sample/leieavtale.html')).href);
await page.evaluate(() => document.fonts.ready.then(() => null));
const printed = await page.pdf({ preferCSSPageSize: true, tagged: true });
await browser.close();

writeFileSync(join(resources, 'icc/srgb.icc'), srgbProfile());
const pdf = await PDFDocument.load(printed, { updateMetadata: false });
const profile = pdf.context.stream(readFileSync(join(resources, 'icc/srgb.icc')), { N: 3 });
pdf.catalog.set(
  PDFName.of('OutputIntents'),
  pdf.context.obj([
    {
      Type: 'OutputIntent',
      S: 'GTS_PDFA1',
      OutputConditionIdentifier: PDFString.of('sRGB'),
      Info: PDFString.of('sRGB IEC61966-2.1'),
      DestOutputProfile: pdf.context.register(profile),
    },
  ]),
);
pdf.setTitle('Leieavtale for lokale');
pdf.setCreator('Skranke');
pdf.setProducer('Skranke');
pdf.setCreationDate(made);
pdf.setModificationDate(made);
const stamp = made.toISOString().replace('.000', '');
const xmp = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Leieavtale for lokale</rdf:li></rdf:Alt></dc:title><pdf:Producer>Skranke</pdf:Producer><xmp:CreatorTool>Skranke</xmp:CreatorTool><xmp:CreateDate>${stamp}</xmp:CreateDate><xmp:ModifyDate>${stamp}</xmp:ModifyDate></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
pdf.catalog.set(
  PDFName.of('Metadata'),
  pdf.context.register(
    pdf.context.stream(new TextEncoder().encode(xmp), { Type: 'Metadata', Subtype: 'XML' }),
  ),
);
const id = PDFHexString.of('5b6e1f0c2d7a4c1e9a3f8b1d0e6c7a21');
pdf.context.trailerInfo.ID = pdf.context.obj([id, id]);
writeFileSync(
  join(resources, 'sample/leieavtale.pdf'),
  await pdf.save({ useObjectStreams: false, updateFieldAppearances: false }),
);
