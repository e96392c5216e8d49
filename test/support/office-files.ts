/** Small office files written by hand, so that a test says exactly what stands in its file. */
import { writeZip, type NewEntry } from '../../electron/core/asice/write-zip.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

function packed(entries: Readonly<Record<string, string>>, first?: NewEntry): Uint8Array {
  const rest = Object.entries(entries).map(([name, text]): NewEntry => ({
    name,
    bytes: utf8(text),
    method: 'deflated',
  }));
  return writeZip(first === undefined ? rest : [first, ...rest]);
}

const types = (part: string, type: string) =>
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/></Types>`;
const relations = (...targets: readonly (readonly [type: string, target: string])[]) =>
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
  targets
    .map(
      ([type, target], index) =>
        `<Relationship Id="r${index + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`,
    )
    .join('') +
  '</Relationships>';

/** A letter of these paragraphs. */
export function docx(...paragraphs: readonly string[]): Uint8Array {
  const body = paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('');
  return packed({
    '[Content_Types].xml': types('word/document.xml', 'wordprocessingml.document.main'),
    '_rels/.rels': relations(['officeDocument', 'word/document.xml']),
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  });
}

/** A sheet with one row of these words. */
export function xlsx(...cells: readonly string[]): Uint8Array {
  const row = cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('');
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  return packed({
    '[Content_Types].xml': types('xl/workbook.xml', 'spreadsheetml.sheet.main'),
    '_rels/.rels': relations(['officeDocument', 'xl/workbook.xml']),
    'xl/_rels/workbook.xml.rels': relations(['worksheet', 'worksheets/sheet1.xml']),
    'xl/workbook.xml': `<workbook ${main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Ark" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData><row>${row}</row></sheetData></worksheet>`,
  });
}

interface OpenText {
  /** Further XML of the body. */
  readonly body?: string;
  readonly manifest?: string;
  readonly type?: string;
}

/** An OpenDocument letter. */
export function odt(text: string, more: OpenText = {}): Uint8Array {
  const type = more.type ?? 'application/vnd.oasis.opendocument.text';
  const space = (name: string, of: string) =>
    `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${of}:1.0"`;
  const names = [
    space('office', 'office'),
    space('text', 'text'),
    space('draw', 'drawing'),
    space('svg', 'svg-compatible'),
    'xmlns:xlink="http://www.w3.org/1999/xlink"',
  ].join(' ');
  const mimetype: NewEntry = { name: 'mimetype', bytes: utf8(type), method: 'stored' };
  return packed(
    {
      'META-INF/manifest.xml':
        `<manifest:manifest ${space('manifest', 'manifest')} manifest:version="1.3">` +
        `<manifest:file-entry manifest:full-path="/" manifest:media-type="${type}"/>` +
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>' +
        `${more.manifest ?? ''}</manifest:manifest>`,
      'content.xml':
        `<office:document-content ${names} office:version="1.3"><office:body><office:text>` +
        `<text:p>${text}</text:p>${more.body ?? ''}</office:text></office:body></office:document-content>`,
    },
    mimetype,
  );
}

/** A zip of any files. */
export function zipOf(entries: Readonly<Record<string, string>>): Uint8Array {
  return packed(entries);
}

/** A compound file ([MS-CFB]) that holds nothing but these names: what tells one kind from another. */
export function compoundFile(...names: readonly string[]): Uint8Array {
  const sector = 512;
  const file = Buffer.alloc(4 * sector, 0);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  file.writeUInt32LE(0xfffffffe, 68);
  file.fill(0xff, 76, 512);
  file.writeUInt32LE(0, 76);
  // Sector 0: which follows which. 1 and 2: the names.
  file.fill(0xff, sector, 2 * sector);
  file.writeUInt32LE(2, sector + 4);
  file.writeUInt32LE(0xfffffffe, sector + 8);
  ['Root Entry', ...names].forEach((name, index) => {
    const at = 2 * sector + 128 * index;
    const length = file.write(name, at, 'utf16le');
    file.writeUInt16LE(length + 2, at + 64);
  });
  return new Uint8Array(file);
}
