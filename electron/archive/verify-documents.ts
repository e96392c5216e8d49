/** Every revision of every document, byte for byte, and files that no row names. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RevisionRef } from '../../shared/job/job.ts';
import type { Progress } from './archive.ts';
import type { Documents } from './documents.ts';
import { tried, type Report } from './findings.ts';
import type { VerifyParts } from './verify.ts';

const readAtOnce = 1024 * 1024;

export function verifyDocuments(parts: VerifyParts, report: Report, progress?: Progress) {
  const { db, documents, keyring, chosen } = parts;
  const rows = db
    .prepare<[], { id: string; job: string }>('SELECT id, job FROM document ORDER BY seq')
    .all();
  let revisions = 0;
  let bytes = 0;
  rows.forEach(({ id, job }, index) => {
    const place = `document ${id}`;
    const refs = documents.revisions(id);
    revisions += refs.length;
    bytes += refs.at(-1)?.length ?? 0;
    if (keyring.find(job) !== null && chosen?.(id) !== false) {
      const read = () => hashRevisions(documents, id, refs);
      tried(read, report, 'document.unreadable', place)?.forEach((hash, number) => {
        if (hash !== refs[number]?.sha256) report('document.hash', `${place} revision ${number}`);
      });
    }
    progress?.({ step: 'archive.verify-documents', done: index + 1, total: rows.length });
  });
  return { ids: new Set(rows.map(({ id }) => id)), revisions, bytes };
}

/** One pass over the bytes: the running hash is forked where a revision ends. */
function hashRevisions(
  documents: Documents,
  id: string,
  refs: readonly RevisionRef[],
): readonly string[] {
  const source = documents.source(id);
  try {
    const hash = createHash('sha256');
    let at = 0;
    return refs.map(({ length }) => {
      while (at < length) {
        const count = Math.min(readAtOnce, length - at);
        hash.update(source.read(at, count));
        at += count;
      }
      return hash.copy().digest('hex');
    });
  } finally {
    source.close();
  }
}

/** Files that no row names. One on its way in has a marker. */
export function verifyFiles(
  { layout, documents }: VerifyParts,
  known: ReadonlySet<string>,
  report: Report,
): void {
  if (!existsSync(layout.staging)) return;
  const arriving = new Set(readdirSync(layout.staging).map((name) => name.split('-')[1]));
  for (const folder of readdirSync(layout.documents))
    for (const name of readdirSync(join(layout.documents, folder))) {
      const id = name.replace(/\.part$/, '');
      if (!known.has(id) && !arriving.has(id) && documents.jobOf(id) === null)
        report('file.orphan', `documents/${folder}/${name}`);
    }
}
