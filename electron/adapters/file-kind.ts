/** What a file is, by what stands in it: a name says what somebody hopes. */
import { extname } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ByteSource } from '../core/ports.ts';
import { compoundNames } from './compound-file.ts';
import { zipListing, type ZipListing } from './zip-listing.ts';

/** Formats of office programs that become PDF by LibreOffice. */
export const officeFormats = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  rtf: 'application/rtf',
  txt: 'text/plain',
} as const;

export type OfficeFormat = keyof typeof officeFormats;

/** Pictures that become PDF by LibreOffice. */
export const pictureFormats = {
  gif: { media: 'image/gif', name: 'GIF', sign: /^GIF8[79]a/ },
  tiff: { media: 'image/tiff', name: 'TIFF', sign: /^(?:II\*\0|MM\0\*)/ },
  webp: { media: 'image/webp', name: 'WebP', sign: /^RIFF[\s\S]{4}WEBP/ },
  bmp: { media: 'image/bmp', name: 'BMP', sign: /^BM[\s\S]{4}\0\0\0\0/ },
} as const;

export type PictureFormat = keyof typeof pictureFormats;

export type FileKind =
  /** Or what nobody knows: the PDF reader says what is wrong with it. */
  | { readonly type: 'pdf' }
  | { readonly type: 'image'; readonly media: 'image/png' | 'image/jpeg' }
  | { readonly type: 'picture'; readonly format: PictureFormat }
  | { readonly type: 'office'; readonly format: OfficeFormat };

/** Enough for every sign, and for words before `<html`. */
const headSize = 1024;

/**
 * Refuses what is known and cannot come in: `file.picture-format`, `file.web-page`, `file.packed`, `office.password`,
 * `office.too-large`, `office.damaged`, `office.format`.
 */
export function fileKind(source: ByteSource, name: string): Result<FileKind> {
  const head = source.read(0, Math.min(headSize, source.length)).slice();
  const latin = Buffer.from(head).toString('latin1');
  if (latin.startsWith('%PDF-')) return ok({ type: 'pdf' });
  if (latin.startsWith('\x89PNG\r\n\x1a\n')) return ok({ type: 'image', media: 'image/png' });
  if (latin.startsWith('\xff\xd8\xff')) return ok({ type: 'image', media: 'image/jpeg' });
  const picture = pictureFormat(latin);
  if (picture !== null) return ok({ type: 'picture', format: picture });
  const foreign = foreignPicture(latin);
  if (foreign !== null)
    return fail('file.picture-format', 'Nothing here reads such pictures.', { format: foreign });
  if (latin.startsWith('{\\rtf')) return office('rtf');
  if (latin.startsWith('PK\x03\x04') || latin.startsWith('PK\x05\x06')) return inZip(source);
  if (latin.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return inCompoundFile(source);
  if (latin.includes('%PDF-')) return ok({ type: 'pdf' });
  if (/^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body)\b/i.test(latin))
    return fail('file.web-page', 'A web page takes what it shows from elsewhere.');
  // Plain text has no sign of its own: the name has to say so, and nothing must speak against it.
  if (extname(name).toLowerCase() === '.txt' && isText(head)) return office('txt');
  return ok({ type: 'pdf' });
}

function office(format: OfficeFormat): Result<FileKind> {
  return ok({ type: 'office', format });
}

function pictureFormat(latin: string): PictureFormat | null {
  for (const [format, { sign }] of Object.entries(pictureFormats))
    if (sign.test(latin)) return format as PictureFormat;
  return null;
}

function foreignPicture(latin: string): string | null {
  // Of more than 4 GB.
  if (/^(?:II\+\0|MM\0\+)/.test(latin)) return 'BigTIFF';
  // ISO/IEC 14496-12: the brand of the file type box.
  const brand = /^[\s\S]{4}ftyp(\w{4})/.exec(latin)?.[1];
  if (brand !== undefined && /^(?:hei|hev|mif|msf)/.test(brand)) return 'HEIC';
  return brand === 'avif' || brand === 'avis' ? 'AVIF' : null;
}

function isText(head: Uint8Array): boolean {
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  return wide || !head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
}

const openDocuments: Readonly<Record<string, OfficeFormat>> = {
  [officeFormats.odt]: 'odt',
  [officeFormats.ods]: 'ods',
  [officeFormats.odp]: 'odp',
};

/** Where each format keeps its main part (ECMA-376, part 1: by relationship; everybody writes these). */
const mainParts: readonly (readonly [string, OfficeFormat])[] = [
  ['word/document.xml', 'docx'],
  ['xl/workbook.xml', 'xlsx'],
  ['ppt/presentation.xml', 'pptx'],
];

function inZip(source: ByteSource): Result<FileKind> {
  const listed = zipListing(source);
  if (!listed.ok) return listed;
  const zip: ZipListing = listed.value;
  const type = zip.text('mimetype')?.trim();
  if (type !== undefined) {
    const format = Object.hasOwn(openDocuments, type) ? openDocuments[type] : undefined;
    if (format === undefined)
      return fail('office.format', 'This kind of office document cannot come in.');
    // OpenDocument 1.3, part 2, 3.4: encrypted entries say so in the manifest.
    if (zip.text('META-INF/manifest.xml')?.includes('encryption-data') === true) return locked();
    return office(format);
  }
  const main = mainParts.find(([part]) => zip.has(part));
  if (main !== undefined) return office(main[1]);
  return zip.has('[Content_Types].xml')
    ? fail('office.format', 'This kind of office document cannot come in.')
    : fail('file.packed', 'The file holds other files.');
}

function inCompoundFile(source: ByteSource): Result<FileKind> {
  const names = compoundNames(source);
  if (names === null) return fail('office.damaged', 'The office document cannot be read.');
  if (names.has('EncryptedPackage')) return locked();
  if (names.has('WordDocument')) return office('doc');
  if (names.has('Workbook') || names.has('Book')) return office('xls');
  if (names.has('PowerPoint Document')) return office('ppt');
  return fail('office.format', 'This kind of office document cannot come in.');
}

function locked(): Result<never> {
  return fail('office.password', 'The office document is locked with a password.');
}
