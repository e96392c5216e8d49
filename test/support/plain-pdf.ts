/** Small PDF files written by hand, so that a test says exactly what stands in its file. */

export interface PlainPage {
  readonly media?: readonly number[];
  readonly crop?: readonly number[];
  readonly rotate?: number;
  readonly userUnit?: number;
  /** Further entries of the page dictionary. */
  readonly entries?: string;
  /** Content stream. */
  readonly content?: string;
}

export interface PlainPdf {
  readonly version?: string;
  readonly pages?: readonly PlainPage[];
  /** Further entries of the catalog. */
  readonly catalog?: string;
  /** Further objects, numbered from `firstFreeObject`. */
  readonly objects?: readonly string[];
}

/** Number of the first of `objects` in a file with that many pages: 1 catalog, 2 page tree, 3 font, then two a page. */
export function firstFreeObject(pages: number): number {
  return 4 + 2 * pages;
}

function pageObjects(page: PlainPage, number: number): string[] {
  const content =
    page.content ?? '0.9 0.87 0.8 RG 40 60 400 300 re S BT /H 11 Tf 60 320 Td (Plain text) Tj ET';
  const entries = [
    `/Type /Page /Parent 2 0 R /MediaBox [${(page.media ?? [0, 0, 595, 842]).join(' ')}]`,
    page.crop === undefined ? '' : `/CropBox [${page.crop.join(' ')}]`,
    page.rotate === undefined ? '' : `/Rotate ${page.rotate}`,
    page.userUnit === undefined ? '' : `/UserUnit ${page.userUnit}`,
    `/Resources << /Font << /H 3 0 R >> >> /Contents ${number + 1} 0 R`,
    page.entries ?? '',
  ];
  return [
    `<< ${entries.filter((entry) => entry !== '').join(' ')} >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ];
}

/** A file with a classic cross-reference table. */
export function plainPdf(options: PlainPdf = {}): Uint8Array {
  const pages = options.pages ?? [{}];
  const kids = pages.map((_, index) => `${4 + 2 * index} 0 R`).join(' ');
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${options.catalog ?? ''} >>`,
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((page, index) => pageObjects(page, 4 + 2 * index)),
    ...(options.objects ?? []),
  ];
  let text = `%PDF-${options.version ?? '1.7'}\n%\u00e2\u00e3\u00cf\u00d3\n`;
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const offset of offsets) text += `${String(offset).padStart(10, '0')} 00000 n \n`;
  const id = '<00112233445566778899aabbccddeeff>';
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /ID [${id} ${id}] >>\n`;
  text += `startxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
