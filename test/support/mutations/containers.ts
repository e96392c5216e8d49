/** Readers of containers, XML, images and exported records. */
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { readZip } from '../../../electron/core/asice/read-zip.ts';
import { verifyContainer } from '../../../electron/core/asice/verify-container.ts';
import { readMarkImage } from '../../../electron/core/pdf/appearance-image.ts';
import { canonicalDocument } from '../../../electron/core/xades/c14n.ts';
import { checkEvidence, readEvidence } from '../../../renderer/kontroller/evidence.ts';
import { canonicalJson } from '../../../shared/canonical-json.ts';
import type { Json } from '../../../shared/result.ts';
import { unwrap } from '../../../shared/result.ts';
import { readXml } from '../../../shared/xml/read-xml.ts';
import { strictUtf8, utf8Bytes } from '../../../shared/xml/utf8.ts';
import { SIGNATURES, changed, entriesOf, signedContainer } from '../attacks/containers.ts';
import { rehash } from '../forged-evidence.ts';
import { colourJpeg, greyJpeg, png } from '../images.ts';
import { authority, signingTime } from '../signing.ts';
import type { Outcome, Subject } from './subject.ts';

let container = new Uint8Array();

/** The tree in its canonical form, without what no signature covers and nothing relies on. */
export function treeOf(xml: Uint8Array): string {
  const method = { type: 'inclusive-1.0', comments: false, inclusivePrefixes: [] } as const;
  const text = strictUtf8(canonicalDocument(unwrap(readXml(xml)), method)) ?? '';
  return text
    .replace(/<\?.*?\?>\n/g, '')
    .replace(/<KeyInfo.*<\/KeyInfo>/s, '')
    .replace(/\s+/g, '');
}

/** Names, octets and the tree of the signature: what a container says. */
function contentOf(bytes: Uint8Array): string {
  return entriesOf(bytes)
    .map(({ name, bytes: octets }) =>
      name === SIGNATURES ? treeOf(octets) : `${name} ${Buffer.from(octets).toString('base64')}`,
    )
    .join('\n');
}

async function verdictOn(mutant: Uint8Array, sample: Uint8Array): Promise<Outcome> {
  const options = { file: 'a.asice', anchors: [authority.root.certificate], at: signingTime };
  const answer = await verifyContainer(mutant, options, { crypto: nodeCrypto });
  if (!answer.ok || answer.value.indication !== 'TOTAL-PASSED') return 'refused';
  return contentOf(mutant) === contentOf(sample) ? 'same' : 'wrong';
}

/** A log of three events, as an export holds it. */
function record(): Uint8Array {
  const hidden = 'ab'.repeat(32);
  const event = (seq: number, type: string) => ({
    ...{
      seq,
      version: seq,
      at: '2026-11-24T10:00:00.000Z',
      actor: 'clerk:1',
      event: { type, n: seq },
    },
    ...{ prev: '00'.repeat(32), hash: hidden, salt: 'cd'.repeat(32), hidden },
  });
  const evidence = {
    ...{
      format: 'skranke-export-evidence-1',
      job: 'j-1',
      documents: [],
      signatures: [],
      head: null,
    },
    events: [event(1, 'created'), event(2, 'opened'), event(3, 'confirmed')],
  };
  rehash(evidence);
  return utf8Bytes(JSON.stringify(evidence, null, 1));
}

export const containerReaders: readonly Subject[] = [
  {
    name: 'container',
    share: 5_000,
    samples: async () => [await signedContainer()],
    judge: verdictOn,
  },
  {
    name: 'XAdES',
    share: 3_000,
    samples: async () => {
      container = new Uint8Array(await signedContainer());
      return entriesOf(container)
        .filter(({ name }) => name === SIGNATURES)
        .map(({ bytes }) => bytes);
    },
    judge: (mutant) => verdictOn(changed(container, SIGNATURES, mutant), container),
  },
  {
    name: 'zip',
    share: 1_000,
    samples: async () => [await signedContainer()],
    judge: (mutant) => (readZip(mutant).ok ? 'read' : 'refused'),
  },
  {
    name: 'XML',
    share: 1_000,
    samples: async () => [
      utf8Bytes(
        '<?xml version="1.0"?><a xmlns="urn:x" b="1&amp;2"><!-- c --><![CDATA[d]]>&#65;<e/></a>',
      ),
    ],
    judge: (mutant) => {
      const document = readXml(mutant);
      if (!document.ok) return 'refused';
      treeOf(mutant);
      return 'read';
    },
  },
  {
    name: 'evidence.json',
    share: 1_000,
    samples: async () => [record()],
    judge: (mutant, sample) => {
      const [now, then] = [mutant, sample].map((bytes) =>
        readEvidence(new TextDecoder().decode(bytes)),
      );
      if (now === undefined || now === null || !checkEvidence(now, null).log) return 'refused';
      return canonicalJson(now.events as Json) === canonicalJson((then?.events ?? null) as Json)
        ? 'same'
        : 'wrong';
    },
  },
  {
    name: 'image of a mark',
    share: 1_000,
    samples: async () => [
      png({
        width: 9,
        height: 7,
        depth: 8,
        colour: 6,
        filter: 4,
        value: (x, y) => [x, y, x + y, 255],
      }),
      png({ width: 9, height: 7, depth: 4, colour: 0, interlaced: true, value: (x) => [x] }),
      colourJpeg,
      greyJpeg,
    ],
    judge: (mutant) => {
      readMarkImage(mutant);
      return 'read';
    },
  },
];
