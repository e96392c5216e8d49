import { describe, expect, it } from 'vitest';
import type { PdfDocument } from '../../../electron/core/pdf/document.ts';
import {
  bytesString,
  dict,
  hole,
  isDict,
  isStream,
  isString,
  memorySource,
  name,
  ref,
  stream,
} from '../../../electron/core/pdf/objects.ts';
import { openPdf } from '../../../electron/core/pdf/open.ts';
import { rc4 } from '../../../electron/core/pdf/rc4.ts';
import { beginUpdate } from '../../../electron/core/pdf/update.ts';
import { unwrap } from '../../../shared/result.ts';
import { qpdfComplaints, qpdfRewritten } from '../../support/other-readers.ts';
import { buildPdf, bytesOf, onePage, streamBody, textOf } from '../../support/pdf-builder.ts';

const content = 'BT /F 12 Tf (Secret content) Tj ET';
const plain = (style: 'table' | 'stream') =>
  buildPdf({
    style,
    objects: {
      ...onePage,
      1: '<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R /Test 7 0 R >>',
      4: streamBody('', content),
      6: streamBody('/Type /Metadata /Subtype /XML', '<x:xmpmeta/>'),
      7: '<< /Text (secret text) /List [(one) << /Two (two) >>] >>',
    },
    compressed: [7],
    trailer: '/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]',
  });

interface Cipher {
  readonly label: string;
  readonly algorithm: 'RC4' | 'AES-128' | 'AES-256';
  readonly revision: number;
  readonly options: readonly string[];
}
const weak = ['--allow-weak-crypto'];
const ciphers: readonly Cipher[] = [
  { label: 'RC4 40', algorithm: 'RC4', revision: 2, options: ['40', '--'] },
  { label: 'RC4 128', algorithm: 'RC4', revision: 3, options: ['128', '--use-aes=n', '--'] },
  {
    label: 'RC4 128, crypt filters',
    algorithm: 'RC4',
    revision: 4,
    options: ['128', '--force-V4', '--'],
  },
  { label: 'AES 128', algorithm: 'AES-128', revision: 4, options: ['128', '--use-aes=y', '--'] },
  {
    label: 'AES 128, metadata clear',
    algorithm: 'AES-128',
    revision: 4,
    options: ['128', '--use-aes=y', '--cleartext-metadata', '--'],
  },
  {
    label: 'AES 256, revision 5',
    algorithm: 'AES-256',
    revision: 5,
    options: ['256', '--force-R5', '--'],
  },
  { label: 'AES 256', algorithm: 'AES-256', revision: 6, options: ['256', '--'] },
  {
    label: 'AES 256, metadata clear',
    algorithm: 'AES-256',
    revision: 6,
    options: ['256', '--cleartext-metadata', '--'],
  },
];

function encrypted(
  cipher: Cipher,
  user: string,
  owner: string,
  style: 'table' | 'stream',
): Uint8Array {
  const objects = style === 'stream' ? 'generate' : 'disable';
  return qpdfRewritten(plain(style), [
    ...weak,
    `--object-streams=${objects}`,
    '--encrypt',
    user,
    owner,
    ...cipher.options,
  ]);
}

const open = (bytes: Uint8Array, password?: string): PdfDocument =>
  unwrap(
    openPdf(memorySource(bytes), {
      repair: 'strict',
      ...(password === undefined ? {} : { password }),
    }),
  );

function expectSecrets(document: PdfDocument): void {
  const test = document.dictEntry(document.catalog, 'Test');
  expect(test?.entries.get('Text')).toMatchObject({ bytes: bytesOf('secret text') });
  expect(test?.entries.get('List')).toMatchObject([
    { bytes: bytesOf('one') },
    { entries: new Map([['Two', expect.objectContaining({ bytes: bytesOf('two') })]]) },
  ]);
  const page = document.entry(document.page(0).dict, 'Contents');
  expect(isStream(page) && textOf(document.decode(page)).trim()).toBe(content);
  const metadata = document.entry(document.catalog, 'Metadata');
  expect(isStream(metadata) && textOf(document.decode(metadata)).trim()).toBe('<x:xmpmeta/>');
}

describe.each(ciphers)('encryption with $label', (cipher) => {
  it.each(['table', 'stream'] as const)(
    'is undone on reading and done on writing (%s)',
    (style) => {
      const base = encrypted(cipher, '', 'owner', style);
      const document = open(base);
      expect(document.encryption).toEqual({
        algorithm: cipher.algorithm,
        revision: cipher.revision,
        opensEmpty: true,
        encryptMetadata: !cipher.label.includes('clear'),
      });
      expectSecrets(document);

      const random = { bytes: (count: number) => new Uint8Array(count).fill(7) };
      const update = beginUpdate(document, { random });
      const text = update.add(dict({ S: bytesString(bytesOf('a new secret')) }));
      const data = update.add(stream(dict({ Type: name('Metadata') }), bytesOf('a new stream')));
      const signature = update.add(
        dict({
          Type: name('Sig'),
          Contents: hole('contents', bytesOf('<00ff>')),
          ByteRange: hole('range', bytesOf('[0 1 2 3]')),
          Reason: bytesString(bytesOf('a new reason')),
        }),
      );
      const { tail } = update.build();
      const written = textOf(tail);
      expect(written).not.toContain('a new secret');
      expect(written).not.toContain('a new reason');
      expect(written).toContain('<00ff>');
      expect(written.includes('a new stream')).toBe(cipher.label.includes('clear'));

      const bytes = Buffer.concat([base, tail]);
      const again = open(bytes);
      expectSecrets(again);
      const s = again.resolve(text);
      expect(isDict(s) && s.entries.get('S')).toMatchObject({ bytes: bytesOf('a new secret') });
      const d = again.resolve(data);
      expect(isStream(d) && textOf(again.decode(d))).toBe('a new stream');
      const g = again.resolve(signature);
      const contents = isDict(g) ? g.entries.get('Contents') : null;
      expect(isString(contents) && [...contents.bytes]).toEqual([0, 255]);
      expect(qpdfComplaints(bytes)).toBeNull();
      // The same by another reader: qpdf decrypts what we wrote.
      const clear = textOf(qpdfRewritten(bytes, ['--decrypt', '--qdf', '--preserve-unreferenced']));
      for (const part of ['(a new secret)', 'a new stream', '(a new reason)'])
        expect(clear).toContain(part);
    },
  );

  it('opens with either password and with no other', () => {
    const base = encrypted(cipher, 'user', 'owner', 'table');
    expectSecrets(open(base, 'user'));
    expectSecrets(open(base, 'owner'));
    expect(open(base, 'user').encryption?.opensEmpty).toBe(false);
    for (const password of [undefined, '', 'wrong'])
      expect(() => open(base, password)).toThrow(
        expect.objectContaining({ failure: expect.objectContaining({ code: 'pdf.password' }) }),
      );
  });
});

describe('encryption', () => {
  it('makes do without a source of randomness, and never uses one vector for two contents', () => {
    const base = encrypted(ciphers[6] as Cipher, '', 'owner', 'table');
    const tailOf = (text: string) => {
      const update = beginUpdate(open(base));
      update.add([bytesString(bytesOf(text)), bytesString(bytesOf(text))]);
      return textOf(update.build().tail);
    };
    expect(tailOf('same')).toBe(tailOf('same'));
    const [, a = '', b = ''] = /\[<(\w+)> <(\w+)>\]/.exec(tailOf('same')) ?? [];
    expect(a.slice(0, 32)).not.toBe(b.slice(0, 32));
    expect(tailOf('other').slice(0, 60)).not.toBe(tailOf('same').slice(0, 60));
  });

  it('opens passwords outside ASCII', () => {
    const base = encrypted(ciphers[6] as Cipher, 'blåbærsyltetøy', 'owner', 'table');
    expectSecrets(open(base, 'blåbærsyltetøy'));
  });

  it('reads a damaged encrypted file too, and object streams within it', () => {
    const base = encrypted(ciphers[6] as Cipher, '', 'owner', 'stream');
    const broken = bytesOf(textOf(base).replace(/startxref\s+\d+/, 'startxref\n5'));
    const document = unwrap(openPdf(memorySource(broken)));
    expect(document.repaired).toBe(true);
    expectSecrets(document);
  });

  it('names handlers and versions it does not have', () => {
    const with_ = (dictionary: string) =>
      openPdf(
        memorySource(
          buildPdf({ objects: { ...onePage, 8: dictionary }, trailer: '/Encrypt 8 0 R' }),
        ),
      );
    for (const dictionary of [
      '<< /Filter /Adobe.PubSec /V 4 /SubFilter /adbe.pkcs7.s5 >>',
      '<< /Filter /Unheard.Of >>',
      '<< /Filter /Standard /V 3 /R 3 >>',
      '<< /Filter /Standard /V 5 /R 7 >>',
    ])
      expect(with_(dictionary)).toMatchObject({ error: { code: 'pdf.encryption-unsupported' } });
    expect(with_('<< /Filter /Standard /V 2 /R 3 /O (short) /U (short) >>')).toMatchObject({
      error: { code: 'pdf.beyond-repair' },
    });
    expect(ref(8).number).toBe(8);
  });
});

describe('rc4', () => {
  it('gives the key stream of RFC 6229', () => {
    const key = Uint8Array.of(1, 2, 3, 4, 5);
    expect(Buffer.from(rc4(key, new Uint8Array(16))).toString('hex')).toBe(
      'b2396305f03dc027ccc3524a0a1118a8',
    );
  });
});
