/** The enveloped signature of a trusted list (ETSI TS 119 612, 5.7 and annex B): XAdES over the whole of it. */
import { Refusal } from '../../../shared/result.ts';
import { attributeOf, childElements } from '../../../shared/xml/tree.ts';
import type { XmlDocument, XmlElement } from '../../../shared/xml/tree.ts';
import type { Certificate } from '../cms/certificate.ts';
import { equalBytes } from '../cms/der-writing.ts';
import type { Crypto } from '../ports.ts';
import type { CertificateReader } from '../trust/certificates.ts';
import { currentConstraints, hashEnd, keyEnd, overEnd, schemeEnd } from '../trust/strength.ts';
import { canonicalDocument, canonicalElement } from '../xades/c14n.ts';
import { DSIG } from '../xades/namespaces.ts';
import { identifiersOf, propertiesReference, readSignature } from '../xades/read-signature.ts';
import type { XmlReference, XmlSignature } from '../xades/read-signature.ts';

function wrong(why: string): Refusal {
  return new Refusal('trusted-list.signature', `The trusted list is not rightly signed: ${why}.`);
}

/**
 * The certificate that signed the list, whoever that is. Throws `trusted-list.unsigned`,
 * `trusted-list.signature`, `trusted-list.weak` (`now`: algorithms whose end has come), and as
 * `readSignature` does.
 */
export async function listSigner(
  document: XmlDocument,
  ports: { readonly crypto: Crypto; readonly read: CertificateReader; readonly now: Date },
): Promise<Certificate> {
  const { root } = document;
  const found = childElements(root, DSIG, 'Signature');
  const [element] = found;
  if (element === undefined)
    throw new Refusal('trusted-list.unsigned', 'The trusted list is not signed.');
  if (found.length > 1) throw wrong('it is signed twice');
  const identifiers = identifiersOf(root);
  const signature = readSignature(element, 'enveloped');
  const properties = propertiesReference(signature);
  const whole = signature.references.filter((reference) => isWhole(reference, root));
  if (whole.length !== 1 || properties === null) throw wrong('something else was signed');
  for (const reference of signature.references)
    checkReference(reference, { document, signature, identifiers, properties }, ports.crypto);
  return await signerOf(signature, ports);
}

function isWhole({ uri, enveloped }: XmlReference, root: XmlElement): boolean {
  const id = attributeOf(root, 'Id');
  return enveloped && (uri === '' || (id !== null && uri === `#${id}`));
}

interface Signed {
  readonly document: XmlDocument;
  readonly signature: XmlSignature;
  readonly identifiers: ReadonlyMap<string, XmlElement>;
  readonly properties: XmlReference;
}

function checkReference(reference: XmlReference, signed: Signed, crypto: Crypto): void {
  const hash = reference.hash === null ? null : crypto.hash(reference.hash);
  if (hash === null) throw wrong('its hash is not known here');
  if (!equalBytes(hash.update(octetsOf(reference, signed)).digest(), reference.digest))
    throw wrong('it was changed afterwards');
}

function octetsOf(
  reference: XmlReference,
  { document, signature, identifiers, properties }: Signed,
): Uint8Array {
  const [method, ...more] = reference.transforms;
  if (method === undefined || more.length > 0) throw wrong('how it is to be written is not told');
  if (isWhole(reference, document.root)) {
    // XMLDSig 1.1, 6.6.4: everything but the signature, which stands directly in the root.
    const { root } = document;
    const children = root.children.filter((node) => node !== signature.element);
    return canonicalDocument({ ...document, root: { ...root, children } }, method);
  }
  const target = identifiers.get(reference.uri.replace(/^#/, ''));
  const own = target === signature.properties?.signed ? reference === properties : true;
  if (target === undefined || !own || reference.enveloped) throw wrong('something else was signed');
  return canonicalElement(target, method);
}

async function signerOf(
  signature: XmlSignature,
  { crypto, read, now }: { readonly crypto: Crypto; readonly read: CertificateReader; now: Date },
): Promise<Certificate> {
  const claimed = signature.properties?.signingCertificate ?? null;
  const hashing = claimed?.hash ?? null;
  const signer = read(signature.certificates).find(({ der }) => {
    const hash = hashing === null ? null : crypto.hash(hashing);
    return (
      claimed !== null && hash !== null && equalBytes(hash.update(der).digest(), claimed.digest)
    );
  });
  if (signer === undefined || signature.scheme === null || hashing === null)
    throw wrong('it does not say by whom');
  const ends = [
    schemeEnd(signature.scheme, currentConstraints),
    keyEnd(signer.key, currentConstraints),
    ...signature.references.map(({ hash }) =>
      hash === null ? null : hashEnd(hash, currentConstraints),
    ),
  ];
  if (overEnd(ends, { now }, () => now) !== null)
    throw new Refusal('trusted-list.weak', 'The trusted list is signed by a weak algorithm.');
  const message = canonicalElement(signature.signedInfo, signature.canonicalisation);
  const { scheme, value } = signature;
  if ((await crypto.verify(scheme, signer.spki, message, value)) !== 'valid')
    throw wrong('the signature does not fit the certificate');
  return signer;
}
