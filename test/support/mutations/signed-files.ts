/** Readers of signed PDFs and of what lies in them. */
import { createHash } from 'node:crypto';
import { memorySource } from '../../../electron/core/pdf/objects.ts';
import { inspectPdf } from '../../../electron/core/pdf/inspect.ts';
import { openPdf } from '../../../electron/core/pdf/open.ts';
import { parseSignedData } from '../../../electron/core/cms/parsed-signed-data.ts';
import type { VerificationReport } from '../../../shared/report.ts';
import { answerTo } from '../attacks/attacks.ts';
import { document, makeTarget, timestamps } from '../attacks/target.ts';
import { signedByHand } from '../hand-signing.ts';
import { signedBytesOf, qpdfRewritten } from '../other-readers.ts';
import { buildPdf, onePage } from '../pdf-builder.ts';
import { signedWith } from '../signing.ts';
import { unwrap } from '../../../shared/result.ts';
import type { Outcome, Subject } from './subject.ts';
import { same } from './subject.ts';

/** What a verdict rests on: the covered bytes, and the CMS as it was parsed. */
interface Ground {
  /** Where the byte range ends. */
  readonly end: number;
  readonly content: Uint8Array;
  readonly parsed: string;
  readonly timestamps: readonly string[];
}

function groundsOf(bytes: Uint8Array): readonly Ground[] {
  return signedBytesOf(bytes).map(({ byteRange: [, , gapEnd, rest], content, cms }) => ({
    end: gapEnd + rest,
    content,
    ...readOf(cms),
  }));
}

/**
 * What is signed of a CMS and by whom, as text, and each of its timestamps. How its octets were written is
 * left out, and so is what is no part of the signature (RFC 5652, 5.1 and 5.3): certificates, revocation
 * data and unsigned attributes can be taken away by anybody, and are believed by their own signatures only.
 */
function readOf(cms: Uint8Array): Pick<Ground, 'parsed' | 'timestamps'> {
  const read = parseSignedData(cms);
  if (!read.ok) return { parsed: '', timestamps: [] };
  const { version, digestOids, contentType, content, signer } = read.value;
  const { unsignedAttributes: _, timestamps, ...own } = signer;
  return {
    parsed: JSON.stringify({ version, digestOids, contentType, content, own }, plain),
    timestamps: timestamps.map((token) => readOf(token).parsed),
  };
}

/** The same signature, with no timestamp that the other does not have. */
function isSameOrLess(ground: Ground, than: Ground): boolean {
  return (
    ground.parsed !== '' &&
    ground.parsed === than.parsed &&
    same(ground.content, than.content) &&
    ground.timestamps.every((one) => than.timestamps.includes(one))
  );
}

function plain(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

/** Every signature that passed must stand on a ground that the sample has. */
function restsOn(
  mutant: Uint8Array,
  sample: Uint8Array,
  { signatures }: VerificationReport,
): boolean {
  const known = groundsOf(sample);
  const grounds = groundsOf(mutant);
  return signatures.every(({ signedLength }) =>
    grounds.some(
      (ground) => ground.end === signedLength && known.some((one) => isSameOrLess(ground, one)),
    ),
  );
}

async function verdictOn(mutant: Uint8Array, sample: Uint8Array): Promise<Outcome> {
  const answer = await answerTo(mutant);
  if (!answer.ok || answer.value.indication !== 'TOTAL-PASSED') return 'refused';
  return restsOn(mutant, sample, answer.value) ? 'same' : 'wrong';
}

/** The CMS of the last signature in the room of the old one, as far as it fits. */
function withCms(file: Uint8Array, cms: Uint8Array): Uint8Array {
  const last = signedBytesOf(file).at(-1);
  if (last === undefined) throw new Error('no signature');
  const [, before, gapEnd] = last.byteRange;
  const digits = gapEnd - before - 2;
  const changed = Buffer.from(file);
  changed.write(
    Buffer.from(cms).toString('hex').slice(0, digits).padEnd(digits, '0'),
    before + 1,
    'latin1',
  );
  return new Uint8Array(changed);
}

function lastCms(file: Uint8Array): Uint8Array {
  return signedBytesOf(file).at(-1)?.cms ?? new Uint8Array();
}

/** A signature with its timestamp: a CMS inside a CMS. */
function stamped(): Promise<Uint8Array> {
  return signedByHand(document, {
    parts: async (usual) => {
      const digest = new Uint8Array(createHash('sha256').update(usual.signature).digest());
      const token = unwrap(await timestamps().stamp({ algorithm: 'sha256', digest }));
      return { ...usual, timestampToken: token };
    },
  });
}

let hosts: readonly Uint8Array[] = [];

export const signedFiles: readonly Subject[] = [
  {
    name: 'signed PDF',
    share: 18_000,
    samples: async () => [
      (await makeTarget('signed twice')).bytes,
      (await makeTarget('certified')).bytes,
      await signedWith(qpdfRewritten(document, ['--object-streams=generate'])),
      await signedWith(buildPdf({ style: 'hybrid', objects: onePage, compressed: [2] })),
    ],
    judge: verdictOn,
  },
  {
    name: 'archived PDF',
    share: 4_000,
    samples: async () => [(await makeTarget('archived')).bytes],
    judge: verdictOn,
  },
  {
    name: 'CMS in a PDF',
    share: 14_000,
    samples: async () => {
      hosts = [
        (await makeTarget('signed')).bytes,
        await stamped(),
        (await makeTarget('archived')).bytes,
      ];
      return hosts.map(lastCms);
    },
    judge: (mutant, sample) => {
      const host = hosts.find((one) => same(lastCms(one), sample));
      if (host === undefined) throw new Error('a sample without its file');
      return verdictOn(withCms(host, mutant), host);
    },
  },
  {
    name: 'any PDF',
    share: 10_000,
    samples: async () => [
      document,
      buildPdf({ style: 'stream', objects: onePage, compressed: [2] }),
      qpdfRewritten(document, ['--linearize']),
      qpdfRewritten(document, ['--encrypt', '', 'owner', '256', '--']),
    ],
    judge: (mutant) => {
      const opened = openPdf(memorySource(mutant), { repair: 'allow' });
      return opened.ok && inspectPdf(opened.value).ok ? 'read' : 'refused';
    },
  },
];
