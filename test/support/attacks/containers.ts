/** Attacks on signed containers: references, entries, names, sizes, document types. */
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { concat } from '../../../electron/core/cms/der-writing.ts';
import { readZip } from '../../../electron/core/asice/read-zip.ts';
import { signContainer } from '../../../electron/core/asice/sign-container.ts';
import { writeZip } from '../../../electron/core/asice/write-zip.ts';
import type { NewEntry } from '../../../electron/core/asice/write-zip.ts';
import type { SignedFile } from '../../../electron/core/xades/write-signature.ts';
import { unwrap } from '../../../shared/result.ts';
import { strictUtf8, utf8Bytes } from '../../../shared/xml/utf8.ts';
import { signingTime, trialKey } from '../signing.ts';
import { failedFormat } from './attack.ts';
import type { Must } from './attack.ts';

export const SIGNATURES = 'META-INF/signatures.xml';

export const containerFiles: readonly SignedFile[] = [
  { name: 'avtale æ.txt', mime: 'text/plain', bytes: utf8Bytes('Avtale') },
  { name: 'vedlegg/a.xml', mime: 'application/xml', bytes: utf8Bytes('<a b="1"/>') },
];

/** An ASiC-E with one XAdES signature over two files. */
export async function signedContainer(): Promise<Uint8Array> {
  const time = { at: signingTime, zoneOffset: 60 };
  return unwrap(
    await signContainer('extended', containerFiles, trialKey('rsa-2048'), time, {
      crypto: nodeCrypto,
    }),
  );
}

export function entriesOf(container: Uint8Array): NewEntry[] {
  return unwrap(readZip(container)).map(({ name, bytes, method }) => ({ name, bytes, method }));
}

/** The container with its signature's XML changed by hand. */
export function withXml(container: Uint8Array, change: (xml: string) => string): Uint8Array {
  return writeZip(
    entriesOf(container).map((entry) => {
      if (entry.name !== SIGNATURES) return entry;
      const before = strictUtf8(entry.bytes) ?? '';
      const after = change(before);
      if (after === before) throw new Error('the change changed nothing');
      return { ...entry, bytes: utf8Bytes(after) };
    }),
  );
}

export function changed(base: Uint8Array, name: string, bytes: Uint8Array): Uint8Array {
  return writeZip(
    entriesOf(base).map((entry) => (entry.name === name ? { ...entry, bytes } : entry)),
  );
}

function added(base: Uint8Array, entry: NewEntry): Uint8Array {
  return writeZip([...entriesOf(base), entry]);
}

function renamedFile(base: Uint8Array): Uint8Array {
  return writeZip(
    entriesOf(base).map((entry) =>
      entry.name === 'vedlegg/a.xml' ? { ...entry, name: 'vedlegg/b.xml' } : entry,
    ),
  );
}

const properties = /<SignedProperties.*<\/SignedProperties>/s;

export interface ContainerAttack {
  readonly name: string;
  readonly must: Must;
  make(container: Uint8Array): Uint8Array;
}

const attack = (name: string, must: Must, make: ContainerAttack['make']): ContainerAttack => ({
  name,
  must,
  make,
});
const failed = (...because: readonly string[]): Must => ({ indication: 'TOTAL-FAILED', because });
const unsure = (...because: readonly string[]): Must => ({ indication: 'INDETERMINATE', because });
const refused = (...because: readonly string[]): Must => ({ indication: 'refused', because });

export const containerAttacks: readonly ContainerAttack[] = [
  attack('a changed file', failed('HASH_FAILURE'), (base) =>
    changed(base, 'avtale æ.txt', utf8Bytes('Avtalf')),
  ),
  attack('a file nobody signed', failedFormat, (base) =>
    added(base, { name: 'x.txt', bytes: utf8Bytes('x'), method: 'stored' }),
  ),
  attack('something unknown among the signatures', failedFormat, (base) =>
    added(base, { name: 'META-INF/x.bin', bytes: utf8Bytes('x'), method: 'stored' }),
  ),
  attack('a file taken away', unsure('SIGNED_DATA_NOT_FOUND'), (base) =>
    writeZip(entriesOf(base).filter(({ name }) => name !== 'vedlegg/a.xml')),
  ),
  attack('another name for a file', failedFormat, (base) => renamedFile(base)),
  attack('the type entry last', refused('asice.malformed'), (base) =>
    writeZip([...entriesOf(base).slice(1), ...entriesOf(base).slice(0, 1)]),
  ),
  attack('another type', refused('asice.malformed'), (base) =>
    writeZip([
      { name: 'mimetype', bytes: utf8Bytes('application/zip'), method: 'stored' },
      ...entriesOf(base).slice(1),
    ]),
  ),
  attack('a changed time', failed('HASH_FAILURE'), (base) =>
    withXml(base, (xml) => xml.replace(/<SigningTime>..../, '<SigningTime>2001')),
  ),
  attack('another digest', failed('HASH_FAILURE'), (base) =>
    withXml(base, (xml) => xml.replace(/<DigestValue>./, '<DigestValue>A')),
  ),
  attack('another value', failed('SIG_CRYPTO_FAILURE'), (base) =>
    withXml(base, (xml) => xml.replace(/<SignatureValue>..../, '<SignatureValue>AAAA')),
  ),
  attack(
    'wrapped properties: the signed ones moved away, others in their place',
    failedFormat,
    (base) =>
      withXml(base, (xml) => {
        const own = properties.exec(xml)?.[0] ?? '';
        const forged = own
          .replace(/Id="[^"]*"/, 'Id="Other"')
          .replace(/<SigningTime>..../, '<SigningTime>2001');
        return xml
          .replace(own, forged)
          .replace('</Signature>', `<Object>${own}</Object></Signature>`);
      }),
  ),
  attack('an identifier given twice', failedFormat, (base) =>
    withXml(base, (xml) => xml.replace('<KeyInfo>', '<KeyInfo Id="SignedProperties">')),
  ),
  attack('two sets of properties', failedFormat, (base) =>
    withXml(base, (xml) => {
      const all = /<QualifyingProperties.*<\/QualifyingProperties>/s.exec(xml)?.[0] ?? '';
      return xml.replace('</Object>', `${all.replace(/ Id="[^"]*"/g, '')}</Object>`);
    }),
  ),
  attack('properties of another signature', failedFormat, (base) =>
    withXml(base, (xml) => xml.replace('Target="#Signature"', 'Target="#Else"')),
  ),
  attack('a reference that leads outside', failed('SIG_CRYPTO_FAILURE'), (base) =>
    withXml(base, (xml) => xml.replace('URI="vedlegg/a.xml"', 'URI="https://example.org/a.xml"')),
  ),
  attack('a reference less', failed('SIG_CRYPTO_FAILURE'), (base) =>
    withXml(base, (xml) => xml.replace(/<Reference Id="ID_1".*?<\/Reference>/s, '')),
  ),
  attack('a transform that selects', failedFormat, (base) =>
    withXml(base, (xml) =>
      xml.replace(
        /Transform Algorithm="[^"]*"/,
        'Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"',
      ),
    ),
  ),
  attack('a signature deeper inside', failedFormat, (base) =>
    withXml(base, (xml) =>
      xml
        .replace('<Signature ', '<x xmlns=""><Signature ')
        .replace('</Signature>', '</Signature></x>'),
    ),
  ),
  attack('a document type', failedFormat, (base) =>
    withXml(base, (xml) => xml.replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>')),
  ),
  attack('no signature in the list', failedFormat, (base) =>
    withXml(base, (xml) => xml.replace(/<Signature .*<\/Signature>/s, '')),
  ),
  attack('another certificate first', unsure('NO_SIGNING_CERTIFICATE_FOUND'), (base) =>
    withXml(base, (xml) =>
      xml.replace(
        /<X509Certificate>[^<]+/,
        `<X509Certificate>${Buffer.from(trialKey('p-256').certificate).toString('base64')}`,
      ),
    ),
  ),
  attack('a weaker hash named', failed('HASH_FAILURE'), (base) =>
    withXml(base, (xml) => xml.replace('xmlenc#sha256', 'xmlenc#sha512')),
  ),
  attack('words between the parts of the signature', failedFormat, (base) =>
    withXml(base, (xml) => xml.replace('</SignedInfo>', '</SignedInfo>I owe 900')),
  ),
  attack('words beside the signature', failedFormat, (base) =>
    withXml(base, (xml) => xml.replace('</Signature>', '</Signature>I owe 900')),
  ),
  attack('entities that multiply', failedFormat, (base) =>
    withXml(base, (xml) => {
      const multiplied = Array.from(
        { length: 9 },
        (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`,
      ).join('');
      return xml.replace('?>', `?><!DOCTYPE x [<!ENTITY e0 "ha">${multiplied}]>`);
    }),
  ),
  attack('an entity that reads a file', failedFormat, (base) =>
    withXml(base, (xml) =>
      xml.replace('?>', '?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    ),
  ),
  attack('elements in elements, a hundred thousand deep', failedFormat, (base) =>
    withXml(base, (xml) => {
      const [open, close] = ['<x xmlns="">'.repeat(100_000), '</x>'.repeat(100_000)];
      return xml.replace('</Signature>', `<Object>${open}${close}</Object></Signature>`);
    }),
  ),
  attack('a name that leads upwards', refused('zip.unsafe-name'), (base) =>
    named(base, 'vedlegg/a.xml', '../a/leggaxml'),
  ),
  attack('an absolute name', refused('zip.unsafe-name'), (base) =>
    named(base, 'vedlegg/a.xml', '/edlegg/a.xml'),
  ),
  attack('a name twice', refused('zip.duplicate-name'), (base) => {
    const twin = { name: 'avtale å.txt', bytes: utf8Bytes('Andre'), method: 'stored' as const };
    return named(added(base, twin), 'avtale å.txt', 'avtale æ.txt');
  }),
  attack('a name twice to whoever folds case', refused('zip.duplicate-name'), (base) => {
    const twin = { name: 'vedlegg/b.xml', bytes: utf8Bytes('<b/>'), method: 'stored' as const };
    return named(added(base, twin), 'vedlegg/b.xml', 'vedlegg/A.xml');
  }),
  attack('an entry that unpacks to more than it says', refused('zip.malformed'), (base) =>
    sized(base, 100),
  ),
  attack('an entry of four thousand million octets', refused('zip.limit'), (base) =>
    sized(base, 0xfffffff0),
  ),
  attack('another container in front of it', refused('zip.malformed'), (base) =>
    concat(base, base),
  ),
  attack('bytes behind it', refused('zip.not-a-zip'), (base) => concat(base, Uint8Array.of(1))),
  attack('it breaks off', refused('zip.not-a-zip'), (base) => base.subarray(0, base.length - 30)),
];

/** The container with each occurrence of a name in its octets replaced by another as long. */
function named(container: Uint8Array, from: string, to: string): Uint8Array {
  const bytes = Buffer.from(container);
  for (let at = bytes.indexOf(from); at !== -1; at = bytes.indexOf(from, at + 1))
    bytes.write(to, at);
  return new Uint8Array(bytes);
}

/** With a packed entry of a million zeros that says it has `size` octets. */
function sized(container: Uint8Array, size: number): Uint8Array {
  const zeros = new Uint8Array(1_000_000);
  const bytes = Buffer.from(added(container, { name: 'zeros', bytes: zeros, method: 'deflated' }));
  const said = Buffer.alloc(4);
  said.writeUInt32LE(zeros.length);
  for (let at = bytes.indexOf(said); at !== -1; at = bytes.indexOf(said, at + 1))
    bytes.writeUInt32LE(size, at);
  return new Uint8Array(bytes);
}
