/** What was brought to the page besides the document itself. In its memory only. */
import { create } from 'zustand';
import { sha256, type Evidence } from './evidence.ts';

interface Dropped {
  readonly evidence: Evidence | null;
  /** Hex SHA-256 of the document on the screen. */
  readonly document: string | null;
  /** Name of a file that is none of what the page can check. */
  readonly odd: string | null;
  set: (change: Partial<Pick<Dropped, 'evidence' | 'document' | 'odd'>>) => void;
}

export const useDropped = create<Dropped>((set) => ({
  ...{ evidence: null, document: null, odd: null },
  set: (change) => {
    set(change);
  },
}));

export function rememberDocument(bytes: Uint8Array): void {
  useDropped.setState({ document: sha256(bytes) });
}
