/**
 * Writes a XAdES signature over files of a container (ETSI TS 101 903; EN 319 132-1, 6.3). The canonical text
 * comes first, is hashed, and is embedded as it is; default namespaces all the way down keep what stands
 * around it out of the inclusive canonical form.
 */
import { Refusal, unwrap } from '../../../shared/result.ts';
import { utf8Bytes } from '../../../shared/xml/utf8.ts';
import { xmlDocument, xmlElement, xmlLeaf } from '../../../shared/xml/write-xml.ts';
import type { XmlSource } from '../../../shared/xml/write-xml.ts';
import { readCertificateBody } from '../cms/certificate-body.ts';
import { readWhole, sequenceOf, unsignedOf } from '../cms/der.ts';
import { readPublicKey } from '../cms/public-key.ts';
import type {
  Crypto,
  DigestAlgorithm,
  HashAlgorithm,
  SignatureScheme,
  SigningKey,
  Timestamps,
} from '../ports.ts';
import { encodeBase64 } from './base64.ts';
import { canonicalisations } from './c14n.ts';
import { formatDateTime } from './date-time.ts';
import { issuerNameText, serialText } from './issuer-name.ts';
import { DSIG, SIGNED_PROPERTIES, XADES } from './namespaces.ts';
import { addressOfHash, addressOfScheme, ecdsaFromNumbers } from './xml-algorithms.ts';

export interface SignedFile {
  /** Name of the entry in the container. */
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

export interface SignatureProfile {
  /** Namespace of the root element. */
  readonly root: string;
  readonly scheme: SignatureScheme;
  /** Of files and properties. */
  readonly digest: DigestAlgorithm;
  /** The signer's certificate in the signed properties: by SHA-1 and name (1), or by `digest` (2). */
  readonly certificateProperty: 1 | 2;
}

export interface WrittenSignature {
  /** `signatures.xml`. */
  readonly xml: Uint8Array;
  /** What was hashed and what was signed, for whoever wants to check. */
  readonly signedProperties: string;
  readonly signedInfo: string;
}

export interface WriterPorts {
  readonly crypto: Pick<Crypto, 'hash'>;
  /** Where the signature is to carry a timestamp (B-T). */
  readonly timestamps?: Timestamps;
}

export interface SigningMoment {
  readonly at: Date;
  /** Minutes east of Greenwich that the time is written with. */
  readonly zoneOffset: number;
}

/**
 * Signs `files` in their order.
 * @throws Refusal `xades.unsupported` (a scheme XML has no name for), `crypto.unsupported`, and what the key
 *   and the timestamp authority answer
 */
export async function writeSignature(
  files: readonly SignedFile[],
  key: SigningKey,
  time: SigningMoment,
  profile: SignatureProfile,
  ports: WriterPorts,
): Promise<WrittenSignature> {
  const { crypto, timestamps } = ports;
  const address = addressOfScheme(profile.scheme);
  if (address === null)
    throw new Refusal('xades.unsupported', 'XML signatures have no name for this algorithm.');
  const properties = (declared: boolean): XmlSource =>
    signedProperties(files, key.certificate, time, profile, crypto, declared);
  const apex = properties(true);
  const info = (declared: boolean): XmlSource =>
    xmlElement(
      'SignedInfo',
      declared ? { xmlns: DSIG } : {},
      xmlElement('CanonicalizationMethod', { Algorithm: canonicalisations.inclusive }),
      xmlElement('SignatureMethod', { Algorithm: address }),
      ...files.map(({ name, bytes }, index) =>
        reference(
          { Id: `ID_${index}`, URI: uriOf(name) },
          null,
          profile,
          digestOf(bytes, profile.digest, crypto),
        ),
      ),
      reference(
        { Type: SIGNED_PROPERTIES, URI: '#SignedProperties' },
        xmlElement(
          'Transforms',
          {},
          xmlElement('Transform', { Algorithm: canonicalisations.inclusive }),
        ),
        profile,
        digestOf(utf8Bytes(apex), profile.digest, crypto),
      ),
    );
  const signedInfo = info(true);
  const signed = unwrap(await key.sign(utf8Bytes(signedInfo), profile.scheme));
  const value = encodeBase64(profile.scheme.type === 'ecdsa' ? plainNumbers(signed, key) : signed);
  const canonicalValue = xmlLeaf('SignatureValue', value, { xmlns: DSIG });
  const unsigned =
    timestamps === undefined
      ? null
      : unsignedProperties(await stamp(canonicalValue, profile, crypto, timestamps));
  const xml = xmlDocument(
    xmlElement(
      'XAdESSignatures',
      { xmlns: profile.root },
      xmlElement(
        'Signature',
        { xmlns: DSIG, Id: 'Signature' },
        info(false),
        xmlLeaf('SignatureValue', value),
        xmlElement(
          'KeyInfo',
          {},
          xmlElement(
            'X509Data',
            {},
            ...[key.certificate, ...key.chain].map((der) =>
              xmlLeaf('X509Certificate', encodeBase64(der)),
            ),
          ),
        ),
        xmlElement(
          'Object',
          {},
          xmlElement(
            'QualifyingProperties',
            { xmlns: XADES, 'xmlns:ns2': DSIG, Target: '#Signature' },
            properties(false),
            unsigned,
          ),
        ),
      ),
    ),
    'no',
  );
  return { xml: utf8Bytes(xml), signedProperties: apex, signedInfo };
}

/** RFC 3986: what a name in a container may hold and an address may not. */
function uriOf(name: string): string {
  return [...utf8Bytes(name)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9._~/!$&'()+,;=@-]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

function plainNumbers(der: Uint8Array, key: SigningKey): Uint8Array {
  const [r, s] = sequenceOf(readWhole(der), 'signature');
  const { bits } = readPublicKey(readCertificateBody(key.certificate).spki);
  return ecdsaFromNumbers(unsignedOf(r, 'r'), unsignedOf(s, 's'), Math.ceil(bits / 8));
}

async function stamp(
  canonicalValue: XmlSource,
  { digest }: SignatureProfile,
  crypto: Pick<Crypto, 'hash'>,
  timestamps: Timestamps,
): Promise<Uint8Array> {
  const hash = crypto.hash(digest);
  if (hash === null) throw lacking(digest);
  const imprint = hash.update(utf8Bytes(canonicalValue)).digest();
  return unwrap(await timestamps.stamp({ algorithm: digest, digest: imprint }));
}

function unsignedProperties(token: Uint8Array): XmlSource {
  return xmlElement(
    'UnsignedProperties',
    {},
    xmlElement(
      'UnsignedSignatureProperties',
      {},
      xmlElement(
        'SignatureTimeStamp',
        { Id: 'Timestamp' },
        xmlElement('ns2:CanonicalizationMethod', { Algorithm: canonicalisations.inclusive }),
        xmlLeaf('EncapsulatedTimeStamp', encodeBase64(token)),
      ),
    ),
  );
}

function reference(
  attributes: { readonly [name: string]: string },
  transforms: XmlSource | null,
  { digest }: SignatureProfile,
  value: string,
): XmlSource {
  return xmlElement(
    'Reference',
    attributes,
    transforms,
    xmlElement('DigestMethod', { Algorithm: addressOfHash(digest) }),
    xmlLeaf('DigestValue', value),
  );
}

/** `declared`: with the namespaces that inclusive canonicalisation pulls down from QualifyingProperties. */
function signedProperties(
  files: readonly SignedFile[],
  certificate: Uint8Array,
  time: SigningMoment,
  profile: SignatureProfile,
  crypto: Pick<Crypto, 'hash'>,
  declared: boolean,
): XmlSource {
  return xmlElement(
    'SignedProperties',
    { ...(declared ? { xmlns: XADES, 'xmlns:ns2': DSIG } : {}), Id: 'SignedProperties' },
    xmlElement(
      'SignedSignatureProperties',
      {},
      xmlLeaf('SigningTime', formatDateTime(time.at, time.zoneOffset)),
      signingCertificate(certificate, profile, crypto),
    ),
    xmlElement(
      'SignedDataObjectProperties',
      {},
      ...files.map(({ mime }, index) =>
        xmlElement(
          'DataObjectFormat',
          { ObjectReference: `#ID_${index}` },
          xmlLeaf('MimeType', mime),
        ),
      ),
    ),
  );
}

function signingCertificate(
  certificate: Uint8Array,
  { certificateProperty, digest }: SignatureProfile,
  crypto: Pick<Crypto, 'hash'>,
): XmlSource {
  const { issuer, serial } = readCertificateBody(certificate);
  const hash = certificateProperty === 1 ? 'sha1' : digest;
  return xmlElement(
    certificateProperty === 1 ? 'SigningCertificate' : 'SigningCertificateV2',
    {},
    xmlElement(
      'Cert',
      {},
      xmlElement(
        'CertDigest',
        {},
        xmlElement('ns2:DigestMethod', { Algorithm: addressOfHash(hash) }),
        xmlLeaf('ns2:DigestValue', digestOf(certificate, hash, crypto)),
      ),
      certificateProperty === 2
        ? null
        : xmlElement(
            'IssuerSerial',
            {},
            xmlLeaf('ns2:X509IssuerName', issuerNameText(issuer)),
            xmlLeaf('ns2:X509SerialNumber', serialText(serial)),
          ),
    ),
  );
}

function digestOf(
  bytes: Uint8Array,
  algorithm: HashAlgorithm,
  crypto: Pick<Crypto, 'hash'>,
): string {
  const hash = crypto.hash(algorithm);
  if (hash === null) throw lacking(algorithm);
  return encodeBase64(hash.update(bytes).digest());
}

function lacking(algorithm: string): Refusal {
  return new Refusal('crypto.unsupported', 'This machine lacks the hash.', { algorithm });
}
