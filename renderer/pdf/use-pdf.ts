/** An open document, shared by everything on screen that shows it and closed when nothing does. */
import { useEffect, useState } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { host } from '../host/host.ts';
import { startLoading } from './pdf-library.ts';
import { openRange, RangeFailure } from './range-transport.ts';

export interface PdfSource {
  /** Id of a document, or `upload:<id>`. */
  readonly document: string;
  readonly revision: number;
  /** Show only the first so many bytes: the file as an earlier signer saw it. */
  readonly prefix?: number;
  readonly password?: string;
}

export type Pdf =
  | { readonly state: 'none' }
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly pdf: PDFDocumentProxy; readonly pageCount: number }
  /** `code` names a sentence: `pdf.unreadable`, `pdf.password`, `host.unreachable`, … */
  | { readonly state: 'failed'; readonly code: string };

interface Open {
  users: number;
  state: Pdf;
  readonly listeners: Set<(state: Pdf) => void>;
  close: () => void;
}

const open = new Map<string, Open>();
/** A moment between the last user leaving and closing, so that turning a page does not reopen. */
const linger = 2000;

function keyOf(source: PdfSource): string {
  return JSON.stringify([source.document, source.revision, source.prefix, source.password]);
}

function codeOf(error: unknown): string {
  if (error instanceof RangeFailure) return error.code;
  return error instanceof Error && error.name === 'PasswordException'
    ? 'pdf.password'
    : 'pdf.unreadable';
}

function start(key: string, source: PdfSource): Open {
  const entry: Open = { users: 0, state: { state: 'loading' }, listeners: new Set(), close() {} };
  const tell = (state: Pdf) => {
    entry.state = state;
    for (const listener of [...entry.listeners]) listener(state);
  };
  let closed = false;
  const load = async () => {
    const url = host.documentUrl(source.document, source.revision);
    const fail = (code: string) => {
      if (!closed) tell({ state: 'failed', code });
    };
    const { transport } = await openRange(url, fail, source.prefix);
    const task = startLoading(transport, source.password);
    entry.close = () => {
      closed = true;
      void task.destroy();
    };
    if (closed) entry.close();
    const pdf = await task.promise;
    tell({ state: 'ready', pdf, pageCount: pdf.numPages });
  };
  entry.close = () => {
    closed = true;
  };
  load().catch((error: unknown) => {
    if (!closed) tell({ state: 'failed', code: codeOf(error) });
  });
  open.set(key, entry);
  return entry;
}

function release(key: string, entry: Open): void {
  entry.users -= 1;
  if (entry.users > 0) return;
  setTimeout(() => {
    if (entry.users > 0 || open.get(key) !== entry) return;
    open.delete(key);
    entry.close();
  }, linger);
}

const none: Pdf = { state: 'none' };
const loading: Pdf = { state: 'loading' };

/** Opens `source` (null: nothing yet) and keeps it open while mounted. */
export function usePdf(source: PdfSource | null): Pdf {
  const key = source === null ? null : keyOf(source);
  const [shown, setShown] = useState<{ key: string | null; state: Pdf }>({
    key: null,
    state: none,
  });
  useEffect(() => {
    if (key === null) return;
    const [document, revision, prefix, password] = JSON.parse(key) as [
      string,
      number,
      number | null,
      string | null,
    ];
    const held = open.get(key);
    // A failed one is tried afresh: the network may be back.
    const entry =
      held !== undefined && held.state.state !== 'failed'
        ? held
        : start(key, {
            document,
            revision,
            ...(prefix === null ? {} : { prefix }),
            ...(password === null ? {} : { password }),
          });
    const listener = (state: Pdf) => {
      setShown({ key, state });
    };
    entry.users += 1;
    entry.listeners.add(listener);
    listener(entry.state);
    return () => {
      entry.listeners.delete(listener);
      release(key, entry);
    };
  }, [key]);
  if (key === null) return none;
  return shown.key === key ? shown.state : loading;
}
