/** A CMS signature of a container: over the one file (ASiC-S), or over a manifest of digests (ASiC-E). */
import { readXml } from '../../../shared/xml/read-xml.ts';
import { attributeOf, childElement, childElements, textOf } from '../../../shared/xml/tree.ts';
import type { XmlElement } from '../../../shared/xml/tree.ts';
import { equalBytes } from '../cms/der-writing.ts';
import { parseSignedData } from '../cms/parsed-signed-data.ts';
import type { Crypto } from '../ports.ts';
import type { CertificateReader } from '../trust/certificates.ts';
import { checkCms } from '../verify/cms-check.ts';
import { evidenceIn } from '../verify/evidence.ts';
import { failed, unsure } from '../verify/verdict.ts';
import type { Objection } from '../verify/verdict.ts';
import { decodeBase64 } from '../xades/base64.ts';
import { ASIC, ASIC_OF_THE_SERVICE, DSIG } from '../xades/namespaces.ts';
import { hashOfAddress } from '../xades/xml-algorithms.ts';
import { unreadable } from './check-xades.ts';
import { entryFor } from './container.ts';
import type { Container } from './container.ts';
import type { Checked } from './judge.ts';
import type { ZipEntry } from './read-zip.ts';

interface Signed {
  /** The entry whose octets the CMS is over. */
  readonly entry: ZipEntry;
  readonly covered: ReadonlySet<string>;
  readonly objections: readonly Objection[];
}

/** id-aa-ets-archiveTimestampV3 (EN 319 122-1, 5.5.3). */
const ARCHIVE_TIMESTAMP = '0.4.0.1733.2.4';

export async function checkCadesEntry(
  entry: ZipEntry,
  container: Container,
  read: CertificateReader,
  crypto: Crypto,
): Promise<Checked> {
  const parsed = parseSignedData(entry.bytes);
  if (!parsed.ok)
    return unreadable(entry.name, failed('FORMAT_FAILURE', 'it is not a readable signature'));
  const signed = signedBy(entry, container, crypto);
  if (signed === null)
    return unreadable(entry.name, failed('FORMAT_FAILURE', 'nothing says what it signs'));
  const { signer } = parsed.value;
  const hash = signer.digestAlgorithm === null ? null : crypto.hash(signer.digestAlgorithm);
  const verdict = await checkCms(
    {
      signed: parsed.value,
      subFilter: 'ETSI.CAdES.detached',
      digest: hash === null ? null : hash.update(signed.entry.bytes).digest(),
      content: () => signed.entry.bytes,
      certificates: [],
      read,
    },
    crypto,
  );
  const objections = [...verdict.objections, ...signed.objections];
  // Its octets are laid out by rules of their own, which are not checked here: say so, do not pass over it.
  if (signer.unsignedAttributes.some(({ oid }) => oid === ARCHIVE_TIMESTAMP))
    objections.push(unsure('GENERIC', 'its archive timestamp is of a kind not checked here'));
  return {
    field: entry.name,
    intact: verdict.intact && signed.objections.length === 0,
    objections,
    certificate: verdict.certificate,
    pool: verdict.pool,
    covered: signed.covered,
    claimedTime: signer.signedAttributes?.signingTime ?? null,
    timestamps: signer.timestamps.map((token) => ({ token, place: 0, octets: signer.signature })),
    archiveTimestamps: [],
    baseline: (signer.signedAttributes?.signingCertificate ?? null) !== null,
    kept: [],
    keyInfo: verdict.pool,
    evidence: evidenceIn(parsed.value),
    digest: signer.digestAlgorithm,
    signatureAlgorithm: verdict.signatureAlgorithm,
  };
}

function signedBy(entry: ZipEntry, container: Container, crypto: Crypto): Signed | null {
  const { files, manifests } = container;
  const lists = manifests.flatMap((manifest) => {
    const document = readXml(manifest.bytes);
    const root = document.ok ? document.value.root : null;
    return root !== null && signatureOf(root) === entry.name ? [{ manifest, root }] : [];
  });
  const [list, another] = lists;
  if (another !== undefined) return null;
  if (list !== undefined)
    return { entry: list.manifest, ...readManifest(list.root, files, crypto) };
  const [only, ...more] = files;
  if (container.type === 'extended' || only === undefined || more.length > 0) return null;
  return { entry: only, covered: new Set([only.name]), objections: [] };
}

function isAsic({ namespace }: XmlElement): boolean {
  return namespace === ASIC || namespace === ASIC_OF_THE_SERVICE;
}

function signatureOf(root: XmlElement): string | null {
  if (root.local !== 'ASiCManifest' || !isAsic(root)) return null;
  const reference = childElement(root, root.namespace, 'SigReference');
  return reference === null ? null : attributeOf(reference, 'URI');
}

/** EN 319 162-1, A.4: each file with its digest. */
function readManifest(
  root: XmlElement,
  files: readonly ZipEntry[],
  crypto: Crypto,
): Pick<Signed, 'covered' | 'objections'> {
  const covered = new Set<string>();
  const objections: Objection[] = [];
  for (const reference of childElements(root, root.namespace, 'DataObjectReference')) {
    const file = entryFor(files, attributeOf(reference, 'URI') ?? '');
    const method = childElement(reference, DSIG, 'DigestMethod');
    const value = childElement(reference, DSIG, 'DigestValue');
    const algorithm =
      method === null ? null : hashOfAddress(attributeOf(method, 'Algorithm') ?? '');
    const hash = algorithm === null ? null : crypto.hash(algorithm);
    const digest = value === null ? null : decodeBase64(textOf(value));
    if (file === null)
      objections.push(unsure('SIGNED_DATA_NOT_FOUND', 'a file it signs is not in the container'));
    else if (hash === null || digest === null || algorithm === 'md5' || algorithm === 'sha1')
      objections.push(unsure('CRYPTO_CONSTRAINTS_FAILURE', 'a file’s hash is weak or unknown'));
    else if (!equalBytes(hash.update(file.bytes).digest(), digest))
      objections.push(failed('HASH_FAILURE', 'what was signed is not what stands here'));
    else covered.add(file.name);
  }
  return { covered, objections };
}
