/** Everything about an XML signature but trust: references, value, and which certificate made it. */
import { Refusal } from '../../../shared/result.ts';
import { readXml } from '../../../shared/xml/read-xml.ts';
import type { XmlElement } from '../../../shared/xml/tree.ts';
import type { Certificate } from '../cms/certificate.ts';
import { equalBytes } from '../cms/der-writing.ts';
import type { Crypto, HashAlgorithm } from '../ports.ts';
import { currentConstraints, hashEnd, schemeEnd } from '../trust/strength.ts';
import { failed, unsure, weakness } from '../verify/verdict.ts';
import type { Objection } from '../verify/verdict.ts';
import { canonicalDocument, canonicalElement } from './c14n.ts';
import type { Canonicalisation } from './c14n.ts';
import { propertiesReference } from './read-signature.ts';
import type { XmlReference, XmlSignature } from './read-signature.ts';

export interface SignatureCase {
  readonly signature: XmlSignature;
  readonly identifiers: ReadonlyMap<string, XmlElement>;
  /** The file a reference names, or null. */
  file(uri: string): { readonly name: string; readonly bytes: Uint8Array } | null;
  readonly pool: readonly Certificate[];
}

export interface CheckedSignature {
  /** References and value are right. */
  readonly intact: boolean;
  readonly objections: readonly Objection[];
  readonly certificate: Certificate | null;
  /** Names of the files it signs. */
  readonly covered: ReadonlySet<string>;
}

/** Never throws on hostile structures that `readSignature` let through. */
export async function checkXmlSignature(
  { signature, identifiers, file, pool }: SignatureCase,
  crypto: Crypto,
): Promise<CheckedSignature> {
  const covered = new Set<string>();
  const objections: Objection[] = [];
  const properties = propertiesReference(signature);
  if (signature.properties === null || properties === null)
    objections.push(unsure('SIG_CONSTRAINTS_FAILURE', 'it has no signed XAdES properties'));
  for (const reference of signature.references) {
    const found = octetsOf(reference, signature, identifiers, file);
    if (!found.ok) objections.push(found.objection);
    else {
      const objection = digestObjection(reference.hash, found.octets, reference.digest, crypto);
      if (objection !== null) objections.push(objection);
      if (found.name !== null) covered.add(found.name);
    }
    if (reference.hash !== null)
      objections.push(...weakness(hashEnd(reference.hash, currentConstraints)));
  }
  objections.push(...weakness(schemeEnd(signature.scheme, currentConstraints)));
  const { certificate, objection } = findSigner(signature, pool, crypto);
  if (objection !== null) objections.push(objection);
  if (certificate === null) return { intact: false, objections, certificate, covered };
  if (signature.scheme !== null) {
    const message = canonicalElement(signature.signedInfo, signature.canonicalisation);
    const { scheme, value } = signature;
    const answer = await crypto.verify(scheme, certificate.spki, message, value);
    if (answer === 'invalid')
      objections.push(failed('SIG_CRYPTO_FAILURE', 'the signature does not fit the certificate'));
    if (answer === 'unsupported')
      objections.push(unsure('GENERIC', 'its signature algorithm cannot be checked here'));
  }
  const intact =
    signature.scheme !== null &&
    !objections.some(
      ({ indication, subIndication }) =>
        indication === 'TOTAL-FAILED' ||
        subIndication === 'SIGNED_DATA_NOT_FOUND' ||
        subIndication === 'GENERIC',
    );
  return { intact, objections, certificate, covered };
}

type Octets =
  | { readonly ok: true; readonly octets: Uint8Array; readonly name: string | null }
  | { readonly ok: false; readonly objection: Objection };

/** What a reference is over after its transforms (XMLDSig 1.1, 4.4.3.2), which are canonicalisations only. */
export function octetsOf(
  reference: XmlReference,
  signature: XmlSignature,
  identifiers: ReadonlyMap<string, XmlElement>,
  file: SignatureCase['file'],
): Octets {
  const format = (problem: string): Octets => ({
    ok: false,
    objection: failed('FORMAT_FAILURE', problem),
  });
  if (reference.transforms.length > 1) return format('it changes what it signs more than once');
  const [method] = reference.transforms;
  if (reference.uri.startsWith('#')) {
    const target = identifiers.get(reference.uri.slice(1));
    if (target === undefined) return format('it signs a part that is not there');
    // Whatever else it could point at would be signed without being shown: only its own properties.
    if (target !== signature.properties?.signed && !within(target, signature.keyInfo))
      return format('it signs a part that is not its own properties');
    return { ok: true, name: null, octets: canonicalElement(target, method ?? plain) };
  }
  const found = reference.uri === '' ? null : file(reference.uri);
  if (found === null)
    return {
      ok: false,
      objection: unsure('SIGNED_DATA_NOT_FOUND', 'a file it signs is not in the container'),
    };
  if (method === undefined) return { ok: true, name: found.name, octets: found.bytes };
  const document = readXml(found.bytes);
  if (!document.ok) return format('a file it signs as XML is not XML');
  return { ok: true, name: found.name, octets: canonicalDocument(document.value, method) };
}

const plain: Canonicalisation = { type: 'inclusive-1.0', comments: false, inclusivePrefixes: [] };

function within(element: XmlElement, ancestor: XmlElement | null): boolean {
  return ancestor !== null && element === ancestor;
}

function digestObjection(
  algorithm: HashAlgorithm | null,
  octets: Uint8Array,
  digest: Uint8Array,
  crypto: Pick<Crypto, 'hash'>,
): Objection | null {
  const hash = algorithm === null ? null : crypto.hash(algorithm);
  if (hash === null) return unsure('GENERIC', 'its hash algorithm is not known here');
  return equalBytes(hash.update(octets).digest(), digest)
    ? null
    : failed('HASH_FAILURE', 'what was signed is not what stands here');
}

/** The certificate whose digest is signed; where none is, the first of KeyInfo, with an objection. */
function findSigner(
  signature: XmlSignature,
  pool: readonly Certificate[],
  crypto: Pick<Crypto, 'hash'>,
): { readonly certificate: Certificate | null; readonly objection: Objection | null } {
  const claimed = signature.properties?.signingCertificate ?? null;
  const [first = null] = pool.filter(({ der }) =>
    signature.certificates.some((each) => equalBytes(each, der)),
  );
  if (claimed === null)
    return {
      certificate: first,
      objection: unsure('SIG_CONSTRAINTS_FAILURE', 'it does not name its own certificate'),
    };
  const { hash: algorithm } = claimed;
  const meant = pool.find(({ der }) => {
    const hash = algorithm === null ? null : crypto.hash(algorithm);
    return hash !== null && equalBytes(hash.update(der).digest(), claimed.digest);
  });
  if (meant === undefined)
    return {
      certificate: null,
      objection: unsure('NO_SIGNING_CERTIFICATE_FOUND', 'the certificate it names is not inside'),
    };
  const [weak = null] = weakness(
    algorithm === null ? null : hashEnd(algorithm, currentConstraints),
  );
  return { certificate: meant, objection: weak };
}

/** Whether a thrown refusal speaks of the signature's own form; others are bugs and thrown on. */
export function formObjection(error: unknown): Objection {
  if (!(error instanceof Refusal)) throw error;
  return error.failure.code === 'xades.unsupported'
    ? unsure('GENERIC', 'it uses a transform that is not accepted here')
    : failed('FORMAT_FAILURE', 'its structure is not readable');
}
