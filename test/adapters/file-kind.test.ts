/** What a file is, by what stands in it and not by what it is called. */
import { describe, expect, it } from 'vitest';
import { fileKind } from '../../electron/adapters/file-kind.ts';
import { memorySource } from '../../electron/core/pdf/objects.ts';
import { compoundFile, docx, odt, xlsx, zipOf } from '../support/office-files.ts';
import { png } from '../support/images.ts';
import { plainPdf } from '../support/plain-pdf.ts';

const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

function kindOf(bytes: Uint8Array, name = 'fil.pdf'): string {
  const kind = fileKind(memorySource(bytes), name);
  if (!kind.ok) return kind.error.code;
  const { value } = kind;
  return value.type === 'pdf' ? 'pdf' : value.type === 'image' ? value.media : value.format;
}

describe('the kind of a file', () => {
  it('is told by its content, whatever the name says', () => {
    expect(kindOf(plainPdf(), 'brev.docx')).toBe('pdf');
    expect(kindOf(docx('Hei'), 'brev.pdf')).toBe('docx');
    expect(kindOf(xlsx('1'), 'tall.docx')).toBe('xlsx');
    expect(kindOf(odt('Hei'))).toBe('odt');
    expect(kindOf(odt('Hei', { type: 'application/vnd.oasis.opendocument.spreadsheet' }))).toBe(
      'ods',
    );
    expect(kindOf(compoundFile('1Table', 'WordDocument'))).toBe('doc');
    expect(kindOf(compoundFile('x', 'y', 'z', 'Workbook'))).toBe('xls');
    expect(kindOf(compoundFile('PowerPoint Document'))).toBe('ppt');
    expect(kindOf(latin('{\\rtf1 Hei}'))).toBe('rtf');
    expect(
      kindOf(png({ width: 2, height: 2, depth: 8, colour: 0, value: () => [0] }), 'x.docx'),
    ).toBe('image/png');
  });

  it('is a picture that LibreOffice reads', () => {
    expect(kindOf(latin('GIF89a\0\0'))).toBe('gif');
    expect(kindOf(latin('II*\0\u0008\0\0\0'))).toBe('tiff');
    expect(kindOf(latin('MM\0*\0\0\0\u0008'))).toBe('tiff');
    expect(kindOf(latin('RIFF\u0010\0\0\0WEBPVP8 '), 'bilde.jpg')).toBe('webp');
    expect(kindOf(latin('BM\u0010\0\0\0\0\0\0\0'))).toBe('bmp');
  });

  it('is text only where the name says so and nothing speaks against it', () => {
    const letter = new TextEncoder().encode('Kjære kommune');
    expect(kindOf(letter, 'brev.TXT')).toBe('txt');
    expect(kindOf(letter, 'brev.pdf')).toBe('pdf');
    expect(kindOf(latin('\0\u0001\u0002\u0003'), 'brev.txt')).toBe('pdf');
  });

  it('is refused with its own reason where it is known and cannot come in', () => {
    for (const [bytes, code] of [
      [latin('II+\0\u0008\0\0\0'), 'file.picture-format'],
      [latin('\0\0\0\u0018ftypheic\0\0\0\0'), 'file.picture-format'],
      [latin('\0\0\0\u0018ftypavif\0\0\0\0'), 'file.picture-format'],
      [latin('<!DOCTYPE html><html>'), 'file.web-page'],
      [zipOf({ 'brev.txt': 'Hei' }), 'file.packed'],
      [zipOf({ '[Content_Types].xml': '<Types/>', 'visio/document.xml': '' }), 'office.format'],
      [odt('', { type: 'application/vnd.oasis.opendocument.graphics' }), 'office.format'],
      [odt('', { manifest: '<manifest:encryption-data/>' }), 'office.password'],
      [compoundFile('EncryptionInfo', 'EncryptedPackage'), 'office.password'],
      [compoundFile('Noe annet'), 'office.format'],
      [docx('Hei').slice(0, 300), 'office.damaged'],
      [compoundFile('WordDocument').slice(0, 700), 'office.damaged'],
    ] as const)
      expect([code, kindOf(bytes, 'x.docx')]).toEqual([code, code]);
  });

  it('counts what a zip would unpack to, before anybody unpacks it', () => {
    const bomb = Buffer.from(docx('Hei'));
    const at = bomb.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    bomb.writeUInt32LE(0xfffffff0, at + 24);
    expect(kindOf(bomb)).toBe('office.too-large');
  });

  it('answers for any bytes: no number in the file leads out of it', () => {
    const whole = [docx('Hei'), compoundFile('WordDocument'), odt('Hei')];
    for (const bytes of whole)
      for (let at = 0; at < bytes.length; at += 7) {
        const bent = bytes.slice();
        bent[at] = (bent[at] ?? 0) ^ 0xff;
        expect(kindOf(bent)).toMatch(/^[\w.-]+$/);
        expect(kindOf(bytes.slice(0, at), 'x')).toMatch(/^[\w.-]+$/);
      }
  });
});
