/** The XML signatures of one entry of a container. */
import { attempt } from '../../../shared/result.ts';
import { readXml } from '../../../shared/xml/read-xml.ts';
import { childElements } from '../../../shared/xml/tree.ts';
import type { XmlElement } from '../../../shared/xml/tree.ts';
import { schemeName } from '../cms/algorithms.ts';
import type { Crypto } from '../ports.ts';
import type { CertificateReader } from '../trust/certificates.ts';
import { failed } from '../verify/verdict.ts';
import type { Objection } from '../verify/verdict.ts';
import { checkXmlSignature, formObjection } from '../xades/check-signature.ts';
import type { SignatureCase } from '../xades/check-signature.ts';
import { ASIC, ASIC_OF_THE_SERVICE, DSIG } from '../xades/namespaces.ts';
import type { TimestampProperty } from '../xades/qualifying-properties.ts';
import { identifiersOf, readSignature } from '../xades/read-signature.ts';
import { archiveImprint, signatureImprint } from '../xades/timestamp-imprint.ts';
import { entryFor } from './container.ts';
import type { Checked, StampedOctets } from './judge.ts';
import type { ZipEntry } from './read-zip.ts';

/** One `Checked` for each signature; an unreadable entry is one that failed, never none. */
export async function checkXadesEntry(
  entry: ZipEntry,
  files: readonly ZipEntry[],
  read: CertificateReader,
  crypto: Crypto,
): Promise<readonly Checked[]> {
  const document = readXml(entry.bytes);
  if (!document.ok) return [unreadable(entry.name, failed('FORMAT_FAILURE', 'its XML is refused'))];
  const { root } = document.value;
  const elements = signaturesIn(root);
  if (elements === null)
    return [unreadable(entry.name, failed('FORMAT_FAILURE', 'it holds something else'))];
  const checked: Checked[] = [];
  for (const [index, element] of elements.entries()) {
    const field = elements.length === 1 ? entry.name : `${entry.name}#${index + 1}`;
    try {
      checked.push(await checkOne(field, root, element, files, read, crypto));
    } catch (error) {
      checked.push(unreadable(field, formObjection(error)));
    }
  }
  return checked;
}

/** Nothing but signatures directly inside: a signature somewhere deeper would be one nobody sees. */
function signaturesIn(root: XmlElement): readonly XmlElement[] | null {
  if (root.local !== 'XAdESSignatures') return null;
  if (root.namespace !== ASIC && root.namespace !== ASIC_OF_THE_SERVICE) return null;
  const children = childElements(root);
  const signatures = childElements(root, DSIG, 'Signature');
  return signatures.length === children.length && signatures.length > 0 ? signatures : null;
}

async function checkOne(
  field: string,
  root: XmlElement,
  element: XmlElement,
  files: readonly ZipEntry[],
  read: CertificateReader,
  crypto: Crypto,
): Promise<Checked> {
  const signature = readSignature(element);
  const { properties } = signature;
  const theCase: SignatureCase = {
    signature,
    identifiers: identifiersOf(root),
    file: (uri) => entryFor(files, uri),
    pool: read([
      ...signature.certificates,
      ...(properties?.kept ?? []).flatMap(({ certificates }) => certificates),
    ]),
  };
  const result = await checkXmlSignature(theCase, crypto);
  return {
    field,
    ...result,
    pool: theCase.pool,
    claimedTime: properties?.signingTime ?? null,
    timestamps: (properties?.signatureTimestamps ?? []).flatMap((stamp) =>
      stamped(stamp, () => signatureImprint(theCase, stamp)),
    ),
    archiveTimestamps: (properties?.archiveTimestamps ?? []).flatMap((stamp) =>
      stamped(stamp, () => archiveImprint(theCase, stamp)),
    ),
    baseline: properties !== null && properties.signingCertificate !== null,
    kept: (properties?.kept ?? []).map((each) => ({
      ...each,
      certificates: read(each.certificates),
    })),
    keyInfo: read(signature.certificates),
    evidence: [],
    digest: signature.references[0]?.hash ?? null,
    signatureAlgorithm:
      signature.scheme === null ? signature.schemeAddress : schemeName(signature.scheme),
  };
}

function stamped(
  { tokens, place }: TimestampProperty,
  imprint: () => Uint8Array | null,
): readonly StampedOctets[] {
  const octets = attempt(imprint);
  return tokens.map((token) => ({ token, place, octets: octets.ok ? octets.value : null }));
}

/** A signature of which nothing but the objection is known. */
export function unreadable(field: string, objection: Objection): Checked {
  return {
    field,
    intact: false,
    objections: [objection],
    certificate: null,
    pool: [],
    covered: new Set(),
    claimedTime: null,
    timestamps: [],
    archiveTimestamps: [],
    baseline: false,
    kept: [],
    keyInfo: [],
    evidence: [],
    digest: null,
    signatureAlgorithm: 'unknown',
  };
}
