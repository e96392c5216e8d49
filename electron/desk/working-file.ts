/** A document of the archive on which revisions are being made: nothing is stored before all of them are. */
import { ok, type Result } from '../../shared/result.ts';
import type { RevisionRef } from '../../shared/job/job.ts';
import type { Append } from '../archive/archive.ts';
import type { PdfDocument } from '../core/pdf/document.ts';
import { concatSource } from '../core/pdf/objects.ts';
import { openPdf } from '../core/pdf/open.ts';
import type { ByteSource, DigestAlgorithm, Hash } from '../core/ports.ts';
import type { Act, Desk } from './desk.ts';

export type Tail = NonNullable<Append['tails']>[number];

export interface WorkingFile {
  readonly document: string;
  /** The file as it stands, opened without repair: what cannot be read so is not signed. */
  pdf(): Result<PdfDocument>;
  /** Hashes fed with the whole file as it stands. */
  hashed(): Readonly<Partial<Record<DigestAlgorithm, Hash>>>;
  add(bytes: Uint8Array): void;
  tails(): readonly Tail[];
  refs(): readonly RevisionRef[];
  close(): void;
}

const window = 4 * 1024 * 1024;

/** Reads and hashes the newest revision once, telling progress; each later revision adds its tail. */
export function openWorkingFile(
  desk: Desk,
  document: string,
  digests: readonly DigestAlgorithm[],
  act: Act,
): Result<WorkingFile> {
  const opened = desk.archive.source(document);
  if (!opened.ok) return opened;
  const stored = opened.value;
  const hashes = new Map<DigestAlgorithm, Hash>();
  for (const algorithm of new Set<DigestAlgorithm>(['sha256', ...digests])) {
    const hash = desk.crypto.hash(algorithm);
    if (hash !== null) hashes.set(algorithm, hash);
  }
  try {
    for (let at = 0; at < stored.length; at += window) {
      act.progress({ step: 'hash', done: at, total: stored.length });
      const bytes = stored.read(at, Math.min(window, stored.length - at));
      for (const hash of hashes.values()) hash.update(bytes);
    }
  } catch (error) {
    stored.close();
    throw error;
  }
  let source: ByteSource = stored;
  let { revision } = stored.revision;
  const tails: Tail[] = [];
  const refs: RevisionRef[] = [];
  return ok({
    document,
    pdf: () => openPdf(source, { repair: 'strict' }),
    hashed: () => Object.fromEntries(hashes),
    add(bytes) {
      source = concatSource(source, bytes);
      revision += 1;
      for (const hash of hashes.values()) hash.update(bytes);
      const digest = hashes.get('sha256')?.copy().digest() ?? new Uint8Array();
      const sha256 = Buffer.from(digest).toString('hex');
      tails.push({ document, revision, bytes, sha256 });
      refs.push({ document, revision, sha256, length: source.length });
    },
    tails: () => tails,
    refs: () => refs,
    close: () => stored.close(),
  });
}
