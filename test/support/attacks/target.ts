/** Files of ours that attacks are tried on: one document, signed in the ways people sign. */
import { trialTimestamps } from '../../../electron/adapters/trial-timestamp-authority.ts';
import {
  certificateId,
  makeOcspResponse,
  serialOf,
} from '../../../electron/adapters/trial-revocation.ts';
import { signingKeyOf } from '../../../electron/adapters/trial-pki.ts';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../../electron/adapters/node-random.ts';
import { extendDocument } from '../../../electron/core/pades/extend.ts';
import { memorySource } from '../../../electron/core/pdf/objects.ts';
import type { Timestamps } from '../../../electron/core/ports.ts';
import {
  createAnswerReader,
  revocationEvidence,
} from '../../../electron/core/trust/revocation-evidence.ts';
import { unwrap } from '../../../shared/result.ts';
import { firstFreeObject, plainPdf } from '../plain-pdf.ts';
import { appended, authority, signedWith, signingTime } from '../signing.ts';

const free = firstFreeObject(1);

/** Object numbers of the document below. */
export const parts = {
  catalog: 1,
  pages: 2,
  font: 3,
  page: 4,
  content: 5,
  form: free,
  amount: free + 1,
  note: free + 2,
  appearance: free + 3,
  outlines: free + 4,
  /** An appearance that nothing uses yet. */
  idle: free + 5,
} as const;

/** A page with a text field, a note, bookmarks and a form XObject that nothing shows. */
export const document = plainPdf({
  catalog: `/AcroForm ${parts.form} 0 R /Outlines ${parts.outlines} 0 R /Names << >>`,
  pages: [{ entries: `/Annots [${parts.amount} 0 R ${parts.note} 0 R]` }],
  objects: [
    `<< /Fields [${parts.amount} 0 R] /DA (/H 11 Tf 0 g) /DR << /Font << /H 3 0 R >> >> >>`,
    `<< /Type /Annot /Subtype /Widget /FT /Tx /T (amount) /V (100) /Rect [60 500 200 520] /AP << /N ${parts.appearance} 0 R >> /P 4 0 R >>`,
    '<< /Type /Annot /Subtype /Text /Contents (a note) /Rect [500 700 520 720] /P 4 0 R >>',
    '<< /Type /XObject /Subtype /Form /BBox [0 0 140 20] /Length 24 >>\nstream\nBT /H 11 Tf (100) Tj ET \nendstream',
    '<< /Type /Outlines /Count 0 >>',
    '<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 3 >>\nstream\nq Q\nendstream',
  ],
});

export type TargetName = 'signed' | 'certified' | 'signed twice' | 'archived';

export interface Target {
  readonly name: TargetName;
  /** `document`, signed. */
  readonly bytes: Uint8Array;
  /** Signs another document the same way. */
  sign(unsigned: Uint8Array): Promise<Uint8Array>;
}

const clock = { now: () => signingTime };
const hour = 60 * 60 * 1000;

/** A signer whose certificate names a responder: it has to be asked, or its answer to be there. */
export const online = authority.issue('Kari Nordmann', 'p-256', {
  ocspUrls: ['http://ocsp.invalid/'],
});

/** DER of a good answer about `online`, right in all that is not changed. */
export function answerAboutOnline(
  changes: {
    readonly responder?: typeof online;
    readonly about?: Uint8Array;
    readonly thisUpdate?: Date;
    readonly nextUpdate?: Date;
  } = {},
): Uint8Array {
  const { responder = authority.intermediate, about = online.certificate } = changes;
  const { intermediate } = authority;
  return makeOcspResponse(certificateId(intermediate.certificate, serialOf(about)), responder, {
    status: 'good',
    thisUpdate: changes.thisUpdate ?? signingTime,
    nextUpdate: changes.nextUpdate ?? new Date(signingTime.getTime() + hour),
  });
}

/** The trial authority's timestamps, all of `signingTime`. */
export function timestamps(): Timestamps {
  return trialTimestamps({ ...authority.issueTimestamper(), clock });
}

/** The file at B-LTA, its answers from memory. */
export async function archived(signed: Uint8Array): Promise<Uint8Array> {
  const held = [{ type: 'ocsp' as const, der: answerAboutOnline() }];
  const read = createAnswerReader();
  const { tail } = unwrap(
    await extendDocument(
      memorySource(signed),
      { level: 'B-LTA', anchors: [authority.root.certificate] },
      {
        ...{ crypto: nodeCrypto, random: nodeRandom, clock, timestamps: timestamps() },
        revocation: revocationEvidence({ held, now: signingTime, read }, nodeCrypto),
      },
    ),
  );
  return appended(signed, tail);
}

const ways: Readonly<Record<TargetName, (unsigned: Uint8Array) => Promise<Uint8Array>>> = {
  signed: (unsigned) => signedWith(unsigned),
  certified: (unsigned) => signedWith(unsigned, { certify: 2 }),
  'signed twice': async (unsigned) => signedWith(await signedWith(unsigned)),
  archived: async (unsigned) => archived(await signedWith(unsigned, {}, signingKeyOf(online))),
};

export const targetNames = Object.keys(ways) as TargetName[];

/** The document signed in that way. */
export async function makeTarget(name: TargetName): Promise<Target> {
  const sign = ways[name];
  return { name, bytes: await sign(document), sign };
}
