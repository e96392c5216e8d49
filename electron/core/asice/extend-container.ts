/** Raises a container's level (EN 319 132-1, 6.3; EN 319 162-1, 5): B-T, B-LT, B-LTA, and B-LTA once more. */
import { Refusal, attemptAsync, unwrap } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { readXml } from '../../../shared/xml/read-xml.ts';
import { childElements } from '../../../shared/xml/tree.ts';
import { utf8Bytes } from '../../../shared/xml/utf8.ts';
import { hex } from '../cms/certificate.ts';
import type { Clock, Crypto, DigestAlgorithm, Revocation, Timestamps } from '../ports.ts';
import { recordAnswers } from '../verify/recorded-answers.ts';
import { canonicalElement } from '../xades/c14n.ts';
import { DSIG } from '../xades/namespaces.ts';
import { identifiersOf, readSignature } from '../xades/read-signature.ts';
import type { XmlSignature } from '../xades/read-signature.ts';
import { nextArchiveImprint } from '../xades/timestamp-imprint.ts';
import {
  keptValues,
  timestampProperty,
  timestampValidationData,
  withProperty,
} from '../xades/unsigned-properties.ts';
import type { KeptData } from '../xades/unsigned-properties.ts';
import { entryFor, sortContainer } from './container.ts';
import { readZip } from './read-zip.ts';
import type { ZipEntry } from './read-zip.ts';
import { verifyContainer } from './verify-container.ts';
import { writeZip } from './write-zip.ts';

export interface ExtendContainerOptions {
  readonly level: 'B-T' | 'B-LT' | 'B-LTA';
  /** DER of the trust anchors: B-LT and up keep whole chains. */
  readonly anchors: readonly Uint8Array[];
  /** Hash of the timestamps; SHA-256 where absent. */
  readonly digest?: DigestAlgorithm;
}

export interface ExtendContainerPorts {
  readonly crypto: Crypto;
  readonly clock: Clock;
  /** May be missing for B-LT where every signature has its timestamp already. */
  readonly timestamps?: Timestamps;
  readonly revocation: Revocation;
}

/**
 * Every XML signature of the container is raised; files and what was signed keep their octets. The proof of
 * time comes first and the answers about certificates after it, as for a PDF. Fails with `document.unsigned`
 * (no XML signature), `certificate.untrusted`, `revocation.unreachable`, `xades.unsupported`, what the
 * authority answers, and the codes of `verifyContainer`.
 */
export function extendContainer(
  bytes: Uint8Array,
  options: ExtendContainerOptions,
  ports: ExtendContainerPorts,
): Promise<Result<Uint8Array>> {
  return attemptAsync(async () => {
    const { level } = options;
    const entries = unwrap(readZip(bytes));
    const names = sortContainer(entries).xades.map(({ name }) => name);
    if (names.length === 0)
      throw new Refusal('document.unsigned', 'There is no XML signature to extend.');
    const each = async (whole: readonly ZipEntry[], work: Work): Promise<readonly ZipEntry[]> => {
      const { files } = sortContainer(whole);
      const raised: ZipEntry[] = [];
      for (const entry of whole)
        raised.push(names.includes(entry.name) ? await raise(entry, files, work) : entry);
      return raised;
    };
    const stamping = (type: 'signature' | 'archive'): Work => stampWork(type, options, ports);
    const keeping = async (whole: readonly ZipEntry[]): Promise<readonly ZipEntry[]> => {
      const data = await gather(whole, options, ports);
      return each(whole, keepWork(data, ports.crypto));
    };
    let whole = await each(entries, stamping('signature'));
    if (level !== 'B-T') whole = await keeping(whole);
    if (level === 'B-LTA') {
      whole = await each(whole, stamping('archive'));
      // An authority that has not stamped here before: what is known of it is kept, and stamped, too.
      const more = await keeping(whole);
      if (more.some((entry, index) => entry.bytes !== whole[index]?.bytes))
        whole = await each(more, stamping('archive'));
    }
    return writeZip(whole.map(({ name, bytes: own, method }) => ({ name, bytes: own, method })));
  });
}

/** What is to be added to a signature as XML; null for nothing. */
type Work = (
  signature: XmlSignature,
  octets: (signature: XmlSignature) => Uint8Array | null,
) => Promise<string | null>;

async function raise(entry: ZipEntry, files: readonly ZipEntry[], work: Work): Promise<ZipEntry> {
  let { bytes } = entry;
  for (let index = 0; ; index++) {
    const { root, text } = unwrap(readXml(bytes));
    const element = childElements(root, DSIG, 'Signature')[index];
    if (element === undefined) return { ...entry, bytes };
    const signature = readSignature(element);
    const archived = (of: XmlSignature): Uint8Array | null =>
      nextArchiveImprint({
        ...{ signature: of, identifiers: identifiersOf(root), pool: [] },
        file: (uri) => entryFor(files, uri),
      });
    const added = await work(signature, archived);
    if (added !== null) bytes = utf8Bytes(withProperty(text, signature, added));
  }
}

function stampWork(
  type: 'signature' | 'archive',
  { digest = 'sha256' }: ExtendContainerOptions,
  { crypto, timestamps }: ExtendContainerPorts,
): Work {
  return async (signature, archived) => {
    if (type === 'signature' && (signature.properties?.signatureTimestamps ?? []).length > 0)
      return null;
    const plain = { type: 'inclusive-1.0', comments: false, inclusivePrefixes: [] } as const;
    const octets =
      type === 'signature' ? canonicalElement(signature.valueElement, plain) : archived(signature);
    const hash = crypto.hash(digest);
    if (octets === null || hash === null)
      throw new Refusal('xades.unsupported', 'What the timestamp would be over cannot be found.');
    if (timestamps === undefined)
      throw new Refusal('timestamp.none', 'A timestamp authority is needed.');
    const imprint = { algorithm: digest, digest: hash.update(octets).digest() };
    return timestampProperty(type, unwrap(await timestamps.stamp(imprint)));
  };
}

/** What the signature does not keep yet; beside its timestamps where it keeps something already. */
function keepWork(data: KeptData, crypto: Pick<Crypto, 'hash'>): Work {
  return (signature) => {
    const kept = signature.properties?.kept ?? [];
    const known = new Set(
      [
        ...signature.certificates,
        ...kept.flatMap(({ certificates }) => certificates),
        ...kept.flatMap(({ evidence }) => evidence.map(({ der }) => der)),
      ].map((der) => keyOf(der, crypto)),
    );
    // Each once: the same certificate is asked about for several signatures.
    const lacking = (values: readonly Uint8Array[]): readonly Uint8Array[] => {
      const found = new Map(values.map((der) => [keyOf(der, crypto), der]));
      return [...found].flatMap(([key, der]) => (known.has(key) ? [] : [der]));
    };
    const more = {
      certificates: lacking(data.certificates),
      ocsps: lacking(data.ocsps),
      crls: lacking(data.crls),
    };
    if (Object.values(more).every((values) => values.length === 0)) return Promise.resolve(null);
    return Promise.resolve(kept.length === 0 ? keptValues(more) : timestampValidationData(more));
  };
}

function keyOf(der: Uint8Array, crypto: Pick<Crypto, 'hash'>): string {
  const hash = crypto.hash('sha256');
  if (hash === null) throw new Refusal('crypto.unsupported', 'This machine lacks the hash.');
  return hex(hash.update(der).digest());
}

async function gather(
  whole: readonly ZipEntry[],
  { anchors }: ExtendContainerOptions,
  { crypto, clock, revocation }: ExtendContainerPorts,
): Promise<KeptData> {
  const recorder = recordAnswers(revocation);
  const bytes = writeZip(
    whole.map(({ name, bytes: own }) => ({ name, bytes: own, method: 'stored' })),
  );
  const asked = { crypto, revocation: recorder.revocation };
  const at = clock.now();
  const report = unwrap(await verifyContainer(bytes, { file: '', anchors, at }, asked));
  const answers = unwrap(recorder.answers());
  const stranger = report.signatures.find((each) => !each.trusted && each.revocation !== 'revoked');
  if (stranger !== undefined)
    throw new Refusal('certificate.untrusted', 'A signature leads to no trusted issuer.', {
      field: stranger.field,
    });
  return answers;
}
