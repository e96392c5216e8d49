/** `signeringsbevis.pdf` and `pakke.pdf` of a job: made, sealed, ready to be written. */
import { unwrap, type Result } from '../../shared/result.ts';
import type { Job } from '../../shared/job/job.ts';
import { interFonts } from '../adapters/fonts.ts';
import { packagePages, type CarriedFile } from '../paper/package-pages.ts';
import { saveAsPdfA } from '../paper/pdfa.ts';
import { proofPages } from '../paper/proof-pages.ts';
import { wordsIn } from '../paper/words.ts';
import type { CoverSeal } from './cover-seal.ts';
import { sha256Hex, type Desk } from './desk.ts';
import type { ExportedFile } from './export-folder.ts';
import { languageOf, proofOf } from './proof-of.ts';
import { sizeWords } from './proof-dates.ts';

export interface CoverFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface CoverInput {
  readonly documents: readonly ExportedFile[];
  readonly evidence: Uint8Array;
  readonly seal: CoverSeal;
}

export async function proofFile(desk: Desk, job: Job, input: CoverInput): Promise<CoverFile> {
  const { documents, evidence, seal } = input;
  const evidenceSha256 = sha256Hex(evidence);
  const { subject, trial } = seal;
  const content = proofOf(desk, job, {
    files: documents.map(({ name }) => name),
    evidenceSha256,
    seal: subject === null ? null : { subject, trial },
  });
  const document = await proofPages(content, fontsOf(desk));
  const bytes = await saveAsPdfA(document, {
    ...{ part: 2, title: `${content.label}: ${content.title}`, language: content.language },
    ...identity(desk),
    about: [...documents, { name: 'evidence.json', sha256: evidenceSha256 }],
  });
  return { name: 'signeringsbevis.pdf', bytes: await withSeal(bytes, seal) };
}

/** `read`: the bytes of an exported document, which go along unchanged. */
export async function packageFile(
  desk: Desk,
  job: Job,
  input: CoverInput & { readonly proof: Uint8Array; readonly read: (name: string) => Uint8Array },
): Promise<CoverFile> {
  const { documents, evidence, proof, seal, read } = input;
  const language = languageOf(desk, job);
  const words = wordsIn(language);
  const files: readonly CarriedFile[] = [
    ...documents.map(({ name, sha256 }, index) => ({
      ...({
        name,
        sha256,
        bytes: read(name),
        type: 'application/pdf',
        relationship: 'Source',
      } as const),
      ...{ what: words.package.document, title: job.documents[index]?.title ?? '' },
    })),
    {
      ...{ name: 'signeringsbevis.pdf', bytes: proof, sha256: sha256Hex(proof) },
      ...({ type: 'application/pdf', relationship: 'Supplement' } as const),
      ...{ what: words.package.proof, title: '' },
    },
    {
      ...{ name: 'evidence.json', bytes: evidence, sha256: sha256Hex(evidence) },
      ...({ type: 'application/json', relationship: 'Data' } as const),
      ...{ what: words.package.evidence, title: '' },
    },
  ];
  const content = proofOf(desk, job, {
    files: documents.map(({ name }) => name),
    evidenceSha256: sha256Hex(evidence),
    seal: null,
  });
  const cover = {
    ...content,
    label: words.package.label,
    intro: words.package.intro,
    contentsHeading: words.package.contents,
    sizeOf: (bytes: number) => sizeWords(bytes, language),
  };
  const { id, time } = identity(desk);
  const document = await packagePages(cover, files, time, fontsOf(desk));
  const bytes = await saveAsPdfA(document, {
    ...{ part: 3, title: `${cover.label}: ${cover.title}`, language, id, time },
    about: files,
  });
  return { name: 'pakke.pdf', bytes: await withSeal(bytes, seal) };
}

function fontsOf(desk: Desk) {
  return { regular: desk.fonts(), bold: interFonts(600) };
}

function identity(desk: Desk) {
  return { time: desk.clock.now(), id: Buffer.from(desk.random.bytes(16)).toString('hex') };
}

async function withSeal(bytes: Uint8Array, seal: CoverSeal): Promise<Uint8Array> {
  const tail: Result<Uint8Array> = await seal.over(bytes);
  return Buffer.concat([bytes, unwrap(tail)]);
}
