/** What the service checks of a posted job, with an independent schema processor and our own verifier. */
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { readZip } from '../../../electron/core/asice/read-zip.ts';
import { verifyContainer } from '../../../electron/core/asice/verify-container.ts';
import { readXml } from '../../../shared/xml/read-xml.ts';
import { allElements, attributeOf, textOf } from '../../../shared/xml/tree.ts';
import type { XmlElement } from '../../../shared/xml/tree.ts';
import { schemaObjection } from '../schemas.ts';

export interface Posted {
  readonly request: XmlElement;
  readonly manifest: XmlElement;
  readonly documents: readonly { readonly title: string; readonly bytes: Uint8Array }[];
}

type Refused = { readonly code: string; readonly message: string };

function refuse(code: string, message: string): Refused {
  return { code, message };
}

function partsOf(type: string, body: Buffer): readonly { type: string; bytes: Buffer }[] | null {
  const boundary = /^multipart\/mixed; boundary=(\w+)$/.exec(type)?.[1];
  if (boundary === undefined) return null;
  const mark = Buffer.from(`--${boundary}`);
  const parts: { type: string; bytes: Buffer }[] = [];
  let at = body.indexOf(mark);
  while (at !== -1) {
    const next = body.indexOf(Buffer.from(`\r\n--${boundary}`), at + mark.length);
    if (next === -1) break;
    const head = body.indexOf('\r\n\r\n', at);
    const headers = body.subarray(at, head).toString();
    parts.push({
      type: /Content-Type: (.*)/.exec(headers)?.[1]?.trim() ?? '',
      bytes: body.subarray(head + 4, next),
    });
    at = next + 2;
  }
  return parts;
}

/** The job's two messages, or the error the service would answer. */
export async function checkPosted(
  flow: 'portal' | 'direct',
  organisation: string,
  type: string,
  body: Buffer,
  context: {
    readonly anchors: readonly Uint8Array[];
    readonly now: Date;
    readonly isPublic: boolean;
  },
): Promise<Posted | Refused> {
  const parts = partsOf(type, body);
  const xml = parts?.filter((part) => part.type === 'application/xml') ?? [];
  const zip = parts?.filter((part) => part.type === 'application/octet-stream') ?? [];
  if (parts?.length !== 2 || xml.length !== 1 || zip.length !== 1 || !xml[0] || !zip[0])
    return refuse('BAD_MULTIPART', 'one request and one package');
  const entries = readZip(new Uint8Array(zip[0].bytes));
  if (!entries.ok) return refuse('ASICE_VALIDATION_FAILED', entries.error.message);
  const bytes = entries.value.find(({ name }) => name === 'manifest.xml')?.bytes;
  if (bytes === undefined) return refuse('ASICE_VALIDATION_FAILED', 'no manifest');
  for (const message of [new Uint8Array(xml[0].bytes), bytes]) {
    const objection = schemaObjection(message, 'direct-and-portal.xsd');
    if (objection !== null) return refuse('SCHEMA_VALIDATION_ERROR', objection);
  }
  const [request, manifest] = [readXml(new Uint8Array(xml[0].bytes)), readXml(bytes)];
  if (!request.ok || !manifest.ok) return refuse('SCHEMA_VALIDATION_ERROR', 'not XML');
  const { root } = manifest.value;
  if (root.local !== `${flow}-signature-job-manifest`) return refuse('WRONG_FLOW', root.local);
  const elements = [...allElements(root)];
  const texts = (name: string): readonly string[] =>
    elements
      .filter(({ local }) => local === name)
      .map(({ children }) => children.map((node) => ('value' in node ? node.value : '')).join(''));
  if (texts('organization-number')[0] !== organisation)
    return refuse('SENDER_MISMATCH', 'the manifest names another sender');
  const listed = elements
    .filter(({ local }) => local === 'document')
    .map((element) => attributeOf(element, 'href') ?? '');
  const expected = [...listed, 'manifest.xml', 'META-INF/signatures.xml'].sort().join();
  if (
    entries.value
      .map(({ name }) => name)
      .sort()
      .join() !== expected
  )
    return refuse('ASICE_VALIDATION_FAILED', 'files and manifest differ');
  const report = await verifyContainer(
    new Uint8Array(zip[0].bytes),
    { file: 'package', anchors: context.anchors, at: context.now },
    { crypto: nodeCrypto },
  );
  const [signature, ...more] = report.ok ? report.value.signatures : [];
  if (signature === undefined || more.length > 0 || !signature.intact || !signature.trusted)
    return refuse('ASICE_VALIDATION_FAILED', signature?.sentence ?? 'no signature');
  if (signature.coverage !== 'whole') return refuse('ASICE_VALIDATION_FAILED', 'unsigned files');
  const claimed = new Date(signature.claimedTime ?? 0).getTime();
  if (Math.abs(claimed - context.now.getTime()) > 5000)
    return refuse('ASICE_VALIDATION_FAILED', 'the signing time is more than five seconds off');
  const rule = ruleBroken(texts, context.isPublic);
  return rule === null
    ? {
        request: request.value.root,
        manifest: root,
        documents: documentsIn(elements, entries.value),
      }
    : refuse('INVALID_JOB', rule);
}

function documentsIn(
  elements: readonly XmlElement[],
  entries: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Posted['documents'] {
  return elements
    .filter(({ local }) => local === 'document')
    .map((element) => ({
      title: textOf(element).trim(),
      bytes:
        entries.find(({ name }) => name === attributeOf(element, 'href'))?.bytes ??
        new Uint8Array(),
    }));
}

/** Rules of meaning (known only in part; these are documented). */
function ruleBroken(texts: (name: string) => readonly string[], isPublic: boolean): string | null {
  const lookups = texts('notifications-using-lookup').length > 0;
  if (Number(texts('available-seconds')[0] ?? 0) > 7_776_000) return 'available for too long';
  if (lookups && texts('on-behalf-of').includes('OTHER')) return 'lookup for another';
  if (!isPublic && lookups) return 'lookup by a private sender';
  if (!isPublic && texts('signature-type').some((type) => type.startsWith('AUTHENTICATED')))
    return 'authenticated by a private sender';
  if (!isPublic && texts('identifier-in-signed-documents').includes('NAME')) return 'name only';
  const numbers = texts('personal-identification-number');
  if (new Set(numbers).size !== numbers.length) return 'a signer twice';
  return null;
}
