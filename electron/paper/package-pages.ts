/** `pakke.pdf`: a new cover that carries the signed documents and the evidence as they are (ISO 19005-3). */
import { createHash } from 'node:crypto';
import { PDFDict, PDFHexString, PDFName, PDFRawStream, PDFString } from 'pdf-lib';
import type { PDFDocument, PDFRef } from 'pdf-lib';
import type { FontFiles } from '../core/pdf/font.ts';
import { stack, text } from './blocks.ts';
import { palette } from './ink.ts';
import type { Weight } from './letters.ts';
import type { ProofContent } from './proof-content.ts';
import { footer, heading, section } from './proof-pages.ts';
import { createSheets, textWidth } from './sheets.ts';

export interface CarriedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly type: 'application/pdf' | 'application/json';
  /** ISO 32000-2, 14.13: what it is to the cover. */
  readonly relationship: 'Source' | 'Data' | 'Supplement';
  /** For people: what it is, and its own title. */
  readonly what: string;
  readonly title: string;
}

export interface PackageContent extends Pick<
  ProofContent,
  'language' | 'label' | 'title' | 'organisation' | 'references' | 'footer' | 'page'
> {
  readonly intro: string;
  readonly contentsHeading: string;
  readonly outcome: string;
  readonly sizeOf: (bytes: number) => string;
}

export async function packagePages(
  content: PackageContent,
  files: readonly CarriedFile[],
  time: Date,
  fonts: Readonly<Record<Weight, FontFiles>>,
): Promise<PDFDocument> {
  const sheets = createSheets(fonts, content.language);
  const { letters } = sheets;
  const { ink, muted } = palette;
  sheets.add(heading(letters, content));
  sheets.add(
    text(letters, content.outcome, textWidth, { size: 12, weight: 'bold', colour: palette.green }),
    18,
  );
  sheets.add(text(letters, content.intro, textWidth, { size: 10.5, colour: ink }), 6);
  section(sheets, content.contentsHeading, 50);
  for (const file of files)
    sheets.add(
      stack([
        text(letters, file.name, textWidth, { size: 11, weight: 'bold', colour: ink, role: 'H3' }),
        text(
          letters,
          [file.what, file.title, content.sizeOf(file.bytes.length)].filter(Boolean).join('  ·  '),
          textWidth,
          { colour: ink },
        ),
        text(letters, `SHA-256 ${file.sha256}`, textWidth, { size: 8.5, colour: muted }),
      ]),
      10,
    );
  const document = await sheets.finish((page, pages) => footer(letters, content, page, pages));
  attach(document, files, time);
  return document;
}

/** Embedded as they are, without a filter: whoever digs in the bytes finds the very files. */
function attach(document: PDFDocument, files: readonly CarriedFile[], time: Date): void {
  const { context, catalog } = document;
  const date = PDFString.fromDate(time);
  const specs = files.map((file): readonly [string, PDFRef] => {
    const entries = PDFDict.withContext(context);
    entries.set(PDFName.of('Type'), PDFName.of('EmbeddedFile'));
    entries.set(PDFName.of('Subtype'), PDFName.of(file.type));
    entries.set(
      PDFName.of('Params'),
      context.obj({
        ...{ Size: file.bytes.length, CreationDate: date, ModDate: date },
        // ISO 32000-2, table 45 wants MD5 here; what counts is the signature over all of it.
        CheckSum: PDFHexString.of(createHash('md5').update(file.bytes).digest('hex')),
      }),
    );
    const stream = context.register(PDFRawStream.of(entries, file.bytes));
    const spec = context.obj({
      ...{ Type: 'Filespec', F: PDFString.of(file.name), UF: PDFHexString.fromText(file.name) },
      ...{ Desc: PDFHexString.fromText(file.what), AFRelationship: file.relationship },
      EF: { F: stream, UF: stream },
    });
    return [file.name, context.register(spec)];
  });
  const sorted = [...specs].sort(([a], [b]) => (a < b ? -1 : 1));
  const names = sorted.flatMap(([name, ref]) => [PDFString.of(name), ref]);
  catalog.set(PDFName.of('Names'), context.obj({ EmbeddedFiles: { Names: names } }));
  catalog.set(PDFName.of('AF'), context.obj(specs.map(([, ref]) => ref)));
  catalog.set(PDFName.of('PageMode'), PDFName.of('UseAttachments'));
}
