/**
 * The one profile of XAdES that the remote signing service takes: ETSI TS 103 171, level B, inclusive
 * canonicalisation 1.0, RSA with SHA-256, and SHA-1 in the certificate's digest, which the profile demands.
 * The canonical text comes first, is hashed, and is embedded as it is.
 */
import { Refusal, unwrap } from '../../../shared/result.ts';
import { utf8Bytes } from '../../../shared/xml/utf8.ts';
import { xmlDocument, xmlElement, xmlLeaf } from '../../../shared/xml/write-xml.ts';
import type { XmlSource } from '../../../shared/xml/write-xml.ts';
import { readCertificateBody } from '../cms/certificate-body.ts';
import type { Crypto, HashAlgorithm, SigningKey } from '../ports.ts';
import { encodeBase64 } from './base64.ts';
import { canonicalisations } from './c14n.ts';
import { formatDateTime } from './date-time.ts';
import { issuerNameText, serialText } from './issuer-name.ts';
import { ASIC_OF_THE_SERVICE, DSIG, SIGNED_PROPERTIES, XADES } from './namespaces.ts';
import { addressOfHash, addressOfScheme } from './xml-algorithms.ts';

export interface SignedFile {
  /** Name of the entry in the container. */
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

export interface ServiceSignature {
  /** `signatures.xml`. */
  readonly xml: Uint8Array;
  /** What was hashed and what was signed, for whoever wants to check. */
  readonly signedProperties: string;
  readonly signedInfo: string;
}

const RSA_SHA256 = { type: 'rsa-pkcs1', hash: 'sha256' } as const;

/**
 * Signs `files` in their order, the manifest last.
 * @param time when, and the offset in minutes it is written with; the service wants it within five seconds
 * @throws Refusal `xades.key-not-rsa`, `crypto.unsupported`, and what the key answers
 */
export async function signForService(
  files: readonly SignedFile[],
  key: SigningKey,
  time: { readonly at: Date; readonly zoneOffset: number },
  crypto: Pick<Crypto, 'hash'>,
): Promise<ServiceSignature> {
  const address = addressOfScheme(RSA_SHA256) ?? '';
  if (!key.schemes.some(({ type }) => type === 'rsa-pkcs1'))
    throw new Refusal('xades.key-not-rsa', 'The service’s profile needs an RSA key.');
  const properties = (declared: boolean): XmlSource =>
    signedProperties(files, key.certificate, time, crypto, declared);
  const apex = properties(true);
  const info = (declared: boolean): XmlSource =>
    xmlElement(
      'SignedInfo',
      declared ? { xmlns: DSIG } : {},
      xmlElement('CanonicalizationMethod', { Algorithm: canonicalisations.inclusive }),
      xmlElement('SignatureMethod', { Algorithm: address }),
      ...files.map(({ name, bytes }, index) =>
        reference({ Id: `ID_${index}`, URI: name }, null, digest(bytes, 'sha256', crypto)),
      ),
      reference(
        { Type: SIGNED_PROPERTIES, URI: '#SignedProperties' },
        xmlElement(
          'Transforms',
          {},
          xmlElement('Transform', { Algorithm: canonicalisations.inclusive }),
        ),
        digest(utf8Bytes(apex), 'sha256', crypto),
      ),
    );
  const signedInfo = info(true);
  const value = unwrap(await key.sign(utf8Bytes(signedInfo), RSA_SHA256));
  const xml = xmlDocument(
    xmlElement(
      'XAdESSignatures',
      { xmlns: ASIC_OF_THE_SERVICE },
      xmlElement(
        'Signature',
        { xmlns: DSIG, Id: 'Signature' },
        info(false),
        xmlLeaf('SignatureValue', encodeBase64(value)),
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
          ),
        ),
      ),
    ),
    'no',
  );
  return { xml: utf8Bytes(xml), signedProperties: apex, signedInfo };
}

function reference(
  attributes: { readonly [name: string]: string },
  transforms: XmlSource | null,
  value: string,
): XmlSource {
  return xmlElement(
    'Reference',
    attributes,
    transforms,
    xmlElement('DigestMethod', { Algorithm: addressOfHash('sha256') }),
    xmlLeaf('DigestValue', value),
  );
}

/** `declared`: with the namespaces that inclusive canonicalisation pulls down from QualifyingProperties. */
function signedProperties(
  files: readonly SignedFile[],
  certificate: Uint8Array,
  time: { readonly at: Date; readonly zoneOffset: number },
  crypto: Pick<Crypto, 'hash'>,
  declared: boolean,
): XmlSource {
  const { issuer, serial } = readCertificateBody(certificate);
  return xmlElement(
    'SignedProperties',
    { ...(declared ? { xmlns: XADES, 'xmlns:ns2': DSIG } : {}), Id: 'SignedProperties' },
    xmlElement(
      'SignedSignatureProperties',
      {},
      xmlLeaf('SigningTime', formatDateTime(time.at, time.zoneOffset)),
      xmlElement(
        'SigningCertificate',
        {},
        xmlElement(
          'Cert',
          {},
          xmlElement(
            'CertDigest',
            {},
            xmlElement('ns2:DigestMethod', { Algorithm: addressOfHash('sha1') }),
            xmlLeaf('ns2:DigestValue', digest(certificate, 'sha1', crypto)),
          ),
          xmlElement(
            'IssuerSerial',
            {},
            xmlLeaf('ns2:X509IssuerName', issuerNameText(issuer)),
            xmlLeaf('ns2:X509SerialNumber', serialText(serial)),
          ),
        ),
      ),
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

function digest(bytes: Uint8Array, algorithm: HashAlgorithm, crypto: Pick<Crypto, 'hash'>): string {
  const hash = crypto.hash(algorithm);
  if (hash === null)
    throw new Refusal('crypto.unsupported', 'This machine lacks the hash.', { algorithm });
  return encodeBase64(hash.update(bytes).digest());
}
