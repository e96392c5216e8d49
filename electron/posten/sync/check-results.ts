/**
 * What came back, before it is kept: a file that is broken is fetched again; everything else is said and
 * kept. The insides of the service's XML are no stable interface, so what it lacks is null.
 */
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { ResultCheck } from '../../../shared/job/remote.ts';
import { readXml } from '../../../shared/xml/read-xml.ts';
import { allElements, textOf } from '../../../shared/xml/tree.ts';
import type { XmlElement } from '../../../shared/xml/tree.ts';
import type { Crypto } from '../../core/ports.ts';
import { memorySource } from '../../core/pdf/objects.ts';
import { verifyPdf } from '../../core/verify/verify.ts';

export interface CheckPorts {
  readonly crypto: Crypto;
  /** DER of what this office trusts. */
  readonly anchors: readonly Uint8Array[];
  readonly now: Date;
}

/** Large files with the signed document inside; never more than this. */
export const mostResultBytes = 64 * 1024 * 1024;

const broken = () =>
  fail('posten.result-broken', 'The signed document did not arrive whole, or its seal is broken.');

/** A PDF with a seal over the whole of it whose digest is right. Else `posten.result-broken`. */
export async function checkPades(
  bytes: Uint8Array,
  { crypto, anchors, now }: CheckPorts,
): Promise<Result<ResultCheck>> {
  const options = { file: 'pades', anchors, at: now };
  const report = await verifyPdf(memorySource(bytes), options, { crypto });
  if (!report.ok) return broken();
  const people = report.value.signatures.filter(({ kind }) => kind !== 'timestamp');
  const seal = people.findLast(({ coverage }) => coverage === 'whole') ?? people.at(-1);
  if (seal === undefined || report.value.signatures.some(({ intact }) => !intact)) return broken();
  if (!report.value.signatures.some(({ coverage }) => coverage === 'whole')) return broken();
  return ok({
    seal: seal.signer,
    trusted: seal.trusted,
    namesDocuments: null,
    signerName: null,
    signedAt: seal.bestTime ?? seal.claimedTime,
  });
}

/** `sha256`: hex of the documents that were sent. */
export function checkXades(bytes: Uint8Array, sha256: readonly string[]): Result<ResultCheck> {
  const document = readXml(bytes, { bytes: mostResultBytes, nodes: 200_000, depth: 100 });
  if (!document.ok) return broken();
  const elements = [...allElements(document.value.root)];
  const textIn = (name: string): string | null => {
    const found = elements.find(({ local }) => local === name);
    const text = found === undefined ? '' : textOf(found).trim();
    return text === '' ? null : text;
  };
  return ok({
    ...{ seal: null, trusted: false },
    namesDocuments: namesDocuments(elements, sha256),
    signerName: textIn('SignerDisplayName'),
    signedAt: textIn('SigningTime'),
  });
}

function namesDocuments(
  elements: readonly XmlElement[],
  sha256: readonly string[],
): boolean | null {
  const wanted = new Set(
    sha256.flatMap((hex) => [hex, Buffer.from(hex, 'hex').toString('base64')]),
  );
  const told = elements
    .filter(({ local }) => local === 'DocumentDescription')
    .flatMap((description) => [...allElements(description)])
    .filter(({ children }) => children.every((node) => 'value' in node))
    .map((element) => textOf(element).trim())
    .filter((text) => /^([0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=)$/.test(text));
  if (told.length === 0) return null;
  return told.some((text) => wanted.has(text) || wanted.has(text.toLowerCase()));
}
