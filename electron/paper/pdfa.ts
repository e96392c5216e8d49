/** What makes a document of ours a PDF/A (ISO 19005): metadata that says so, colours, identity. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PDFHexString, PDFName, PDFString } from 'pdf-lib';
import type { PDFDocument } from 'pdf-lib';

export interface Identity {
  /** 2: no attachments but PDF/A; 3: any (ISO 19005-3, 6.8). */
  readonly part: 2 | 3;
  readonly title: string;
  readonly language: string;
  readonly time: Date;
  /** Hex, 16 bytes. */
  readonly id: string;
  /** The files this document speaks of, by name: what a signature over it then holds, too. */
  readonly about: readonly { readonly name: string; readonly sha256: string }[];
}

export function keywordsOf(about: Identity['about']): string {
  return ['skranke-files', ...about.map(({ name, sha256 }) => `${name}=${sha256}`)].join(' ');
}

/** The whole file. Nothing but an incremental update may come after it. */
export function saveAsPdfA(document: PDFDocument, identity: Identity): Promise<Uint8Array> {
  const { context, catalog } = document;
  const { title, time, id, about } = identity;
  const profile = readFileSync(
    fileURLToPath(new URL('../../resources/icc/srgb.icc', import.meta.url)),
  );
  catalog.set(
    PDFName.of('OutputIntents'),
    context.obj([
      {
        ...{ Type: 'OutputIntent', S: 'GTS_PDFA1' },
        OutputConditionIdentifier: PDFString.of('sRGB'),
        Info: PDFString.of('sRGB IEC61966-2.1'),
        DestOutputProfile: context.register(context.stream(profile, { N: 3 })),
      },
    ]),
  );
  document.setTitle(title);
  document.setCreator('Skranke');
  document.setProducer('Skranke');
  document.setKeywords([keywordsOf(about)]);
  document.setCreationDate(time);
  document.setModificationDate(time);
  const metadata = context.stream(new TextEncoder().encode(xmp(identity)), {
    ...{ Type: 'Metadata', Subtype: 'XML' },
  });
  catalog.set(PDFName.of('Metadata'), context.register(metadata));
  const name = PDFHexString.of(id);
  context.trailerInfo.ID = context.obj([name, name]);
  return document.save({ useObjectStreams: false, updateFieldAppearances: false });
}

function xmp({ part, title, time, about }: Identity): string {
  const escaped = title.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  // XMP and the information dictionary must say the same, and the latter knows whole seconds.
  const stamp = `${time.toISOString().slice(0, 19)}Z`;
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>${part}</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>Skranke</pdf:Producer><pdf:Keywords>${keywordsOf(about)}</pdf:Keywords>
<xmp:CreatorTool>Skranke</xmp:CreatorTool><xmp:CreateDate>${stamp}</xmp:CreateDate><xmp:ModifyDate>${stamp}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}
