/** Where the fields of a job file stand: the words it names, looked up in the files beside it. */
import { findTags, findText } from '../../shared/anchor.ts';
import type { FieldTag, TextHit } from '../../shared/anchor.ts';
import { displayedSize } from '../../shared/document.ts';
import type { DocumentFindings } from '../../shared/document.ts';
import { placeFields, wantedWords } from '../../shared/job/job-file-fields.ts';
import type { PlacedField, Words } from '../../shared/job/job-file-fields.ts';
import type { JobFile } from '../../shared/job/job-file.ts';
import type { Result } from '../../shared/result.ts';
import { openFileSource } from '../adapters/file-source.ts';
import { pdfTextPlaces } from '../adapters/pdf-text.ts';

export interface DocumentOfFile {
  readonly path: string;
  readonly findings: Pick<DocumentFindings, 'pages'>;
}

/** `documents` in the file's order. A file whose text cannot be read (a picture, a locked one) has no words. */
export async function placesOf(
  file: JobFile,
  documents: readonly DocumentOfFile[],
  beat: () => void = () => undefined,
): Promise<Result<readonly PlacedField[]>> {
  const hits = new Map<string, TextHit[]>();
  const tags = new Map<number, FieldTag[]>();
  const wanted = wantedWords(file);
  for (const number of new Set(wanted.map(({ document }) => document))) {
    const texts = wanted.filter(({ document }) => document === number).map(({ text }) => text);
    await lookThrough(documents[number - 1]?.path ?? '', (places, page) => {
      beat();
      for (const text of texts)
        if (text === null)
          tags.set(number, [...(tags.get(number) ?? []), ...findTags(places, page)]);
        else {
          const key = `${number} ${text}`;
          hits.set(key, [...(hits.get(key) ?? []), ...findText(places, page, text)]);
        }
    });
  }
  const words: Words = {
    hits: (document, text) => hits.get(`${document} ${text}`) ?? [],
    tags: (document) => tags.get(document) ?? [],
    size(document, page) {
      const geometry = documents[document - 1]?.findings.pages[page];
      return geometry === undefined ? { width: 595, height: 842 } : displayedSize(geometry);
    },
  };
  return placeFields(file, words);
}

async function lookThrough(path: string, see: Parameters<typeof pdfTextPlaces>[1]): Promise<void> {
  const source = openFileSource(path);
  if (!source.ok) return;
  try {
    await pdfTextPlaces(source.value, see);
  } finally {
    source.value.close();
  }
}
