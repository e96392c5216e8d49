/** Homes, ports and jobs that the archive's tests share. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Archive, StagedDocument } from '../../electron/archive/archive.ts';
import { createArchive, openArchive } from '../../electron/archive/open-archive.ts';
import type { ByteSource, Clock, Random } from '../../electron/core/ports.ts';
import type { DocumentFindings } from '../../shared/document.ts';
import {
  emptySpec,
  type JobDocument,
  type JobSpec,
  type SignerSpec,
} from '../../shared/job/job.ts';
import { unwrap } from '../../shared/result.ts';

export const random: Random = { bytes: (count) => new Uint8Array(randomBytes(count)) };

export function clockAt(start = '2026-11-02T08:00:00.000Z'): Clock & { forward(ms: number): void } {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now++),
    forward: (ms) => void (now += ms),
  };
}

const folders: string[] = [];

/** A new folder that `cleanUp` removes. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-test-'));
  folders.push(folder);
  return folder;
}

export function cleanUp(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export interface Scene {
  readonly home: string;
  readonly key: Uint8Array;
  readonly clock: ReturnType<typeof clockAt>;
  readonly random: Random;
}

export function newScene(): Scene {
  return { home: join(temporaryFolder(), 'home'), key: random.bytes(32), clock: clockAt(), random };
}

export const created = (scene: Scene): Archive => unwrap(createArchive(scene));
export const opened = (scene: Scene): Archive => unwrap(openArchive(scene));

/** Markers of documents on their way in. */
export function markers(scene: Scene): readonly string[] {
  return readdirSync(join(scene.home, 'staging')).filter((name) => !name.startsWith('open-'));
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    length: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  };
}

export function sha256(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

export function signer(id: string, name: string): SignerSpec {
  return {
    ...{ id, name, title: '', order: 0, kind: 'simple', role: 'signer' },
    ...{ onBehalfOf: 'SELF', language: 'nb' },
  } as const;
}

export function spec(changes: Partial<JobSpec> = {}): JobSpec {
  return { ...emptySpec, title: 'Leiekontrakt', ...changes };
}

const findings: DocumentFindings = {
  ...{ pageCount: 1, pages: [], pdfVersion: '1.7', pdfa: null, encrypted: false, signatures: 0 },
  ...{ certified: null, emptySignatureFields: [], hidden: [], anomalies: [] },
};

export function jobDocument(staged: StagedDocument, title = 'Kontrakt'): JobDocument {
  const { id, sha256: hash, length } = staged;
  return { id, title, fileName: 'kontrakt.pdf', sha256: hash, length, findings };
}

/** A draft with one document; answers the document's id. */
export function draft(
  archive: Archive,
  job: string,
  bytes: Uint8Array,
  changes: Partial<JobSpec> = {},
): string {
  const staged = unwrap(archive.stage(job, bytesSource(bytes)));
  unwrap(
    archive.append({
      job,
      expectedVersion: 0,
      actor: 'u1',
      events: [
        { type: 'created', spec: spec({ signers: [signer('s1', 'Kari Nordmann')], ...changes }) },
        { type: 'document-added', document: jobDocument(staged) },
      ],
      documents: [staged],
    }),
  );
  return staged.id;
}

/** Appends one revision to the job's document, as opening does. */
export function open(archive: Archive, job: string, document: string, tail: Uint8Array): void {
  const whole = readAll(archive, document);
  const hash = sha256(whole, tail);
  const revision = archive.revisions(document).length;
  const ref = { document, revision, sha256: hash, length: whole.length + tail.length };
  unwrap(
    archive.append({
      job,
      expectedVersion: archive.job(job)?.version ?? 0,
      actor: 'u1',
      events: [{ type: 'opened', revisions: [ref], fieldNames: {}, seal: null }],
      tails: [{ document, revision, bytes: tail, sha256: hash }],
    }),
  );
}

export function readAll(archive: Archive, document: string, revision?: number): Buffer {
  const source = unwrap(archive.source(document, revision));
  try {
    return Buffer.from(source.read(0, source.length));
  } finally {
    source.close();
  }
}
