/** Rebuilding the cross-reference by a search through the file. */
import type { Refusal } from '../../../shared/result.ts';
import type { ByteSource } from '../ports.ts';
import type { Note } from './cursor.ts';
import type { DocumentParts } from './document-view.ts';
import type { Header } from './header.ts';

export function repairParts(
  _source: ByteSource,
  _header: Header,
  cause: Refusal,
  _note: Note,
): DocumentParts {
  throw cause;
}
