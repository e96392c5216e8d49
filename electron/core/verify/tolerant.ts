/** A document that can be walked to its end whatever its objects are. */
import { Refusal } from '../../../shared/result.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { isArray, isDict, isStream } from '../pdf/objects.ts';
import type { PdfObject } from '../pdf/objects.ts';

/**
 * The same document, where an object that cannot be read is null and `unreadable` is told (once per
 * message). Analysis then goes on and the verdict cannot be green; a limit refuses as ever.
 */
export function tolerant(
  document: PdfDocument,
  unreadable: (message: string) => void,
): PdfDocument {
  const resolve = (object: PdfObject | undefined): PdfObject => {
    try {
      return document.resolve(object);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      unreadable(error.failure.message);
      return null;
    }
  };
  const views = new Map<number, PdfDocument>();
  const view: PdfDocument = Object.create(document, {
    resolve: { value: resolve },
    entry: { value: (from: Entries, key: string) => resolve(from.entries.get(key)) },
    dictEntry: {
      value(from: Entries, key: string) {
        const found = resolve(from.entries.get(key));
        return isDict(found) ? found : isStream(found) ? found.dict : null;
      },
    },
    arrayEntry: {
      value(from: Entries, key: string) {
        const found = resolve(from.entries.get(key));
        return isArray(found) ? found : null;
      },
    },
    at: {
      value(revision: number) {
        const known = views.get(revision) ?? tolerant(document.at(revision), unreadable);
        views.set(revision, known);
        return known;
      },
    },
  });
  return view;
}

interface Entries {
  readonly entries: ReadonlyMap<string, PdfObject>;
}
