/**
 * What the archive can do, as the other rooms see it. The archive is the only place that speaks SQL;
 * it appends and never rewrites. Everything here is synchronous (SQLite's binding is) unless it
 * streams files; a host calls the long ones from its worker.
 */
import type { JobEvent, RecordedEvent } from '../../shared/job/event.ts';
import type { Job, JobDocument, JobTab, RevisionRef } from '../../shared/job/job.ts';
import type { Viewer } from '../../shared/job/visibility.ts';
import type { Json, Result } from '../../shared/result.ts';
import type { ByteSource } from '../core/ports.ts';
import type { OfficeEvent, OfficeFilter } from '../../shared/office-event.ts';
import type { Anchor } from './anchors.ts';
import type { BookEntry } from './book.ts';
import type { BodyProof } from './chain.ts';
import type { OfficePage } from './office.ts';

/** A user of this archive. Roles as DOMAIN.md names them. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly ('admin' | 'handler' | 'records' | 'reader')[];
  readonly active: boolean;
  /** Ids of the units they belong to; absent before there were units. */
  readonly units?: readonly string[];
}

/** Progress of long work; `step` is a code for the language files. Throwing from it cancels. */
export type Progress = (state: {
  readonly step: string;
  readonly done: number;
  readonly total: number;
}) => void;

/** A new document whose encrypted file is already durable but which no row names yet. */
export interface StagedDocument {
  readonly id: string;
  readonly length: number;
  readonly sha256: string;
}

export interface Append {
  readonly job: string;
  /** The version the caller decided on; another one in the log refuses with `job.moved`. */
  readonly expectedVersion: number;
  readonly actor: string;
  readonly events: readonly JobEvent[];
  /** Revision 0 of documents that come with these events (made by `stage`). */
  readonly documents?: readonly StagedDocument[];
  /** What later revisions append: bytes and the hash of the whole file after them. */
  readonly tails?: readonly {
    readonly document: string;
    readonly revision: number;
    readonly bytes: Uint8Array;
    readonly sha256: string;
  }[];
  readonly outbox?: readonly { readonly topic: string; readonly body: Json }[];
  /** What documents are to be found by, as `texts` gave it of one with the same bytes. */
  readonly texts?: readonly { readonly document: string; readonly deflated: Uint8Array }[];
}

export interface JobRow {
  readonly id: string;
  readonly title: string;
  /** The title is the one that may be read by everybody. */
  readonly shielded: boolean;
  readonly caseNumber: string;
  readonly reference: string;
  readonly state: Job['state'];
  readonly tab: JobTab;
  readonly documents: number;
  readonly signed: number;
  readonly signers: readonly { readonly name: string; readonly state: string }[];
  readonly deadline: string | null;
  readonly changedAt: string;
  readonly createdAt: string;
  readonly createdBy: string;
  /** `open` jobs with somebody at the kiosk, `signed` ones that wait for a timestamp. */
  readonly note: 'at-kiosk' | 'seal-deferred' | 'renewal-deferred' | null;
  readonly trial: boolean;
  /** ISO instant at which the service deletes what only it has yet. */
  readonly fetchBefore: string | null;
}

/** Further conditions, all of which hold. */
export interface JobFilter {
  /** Made by this user. */
  readonly madeBy?: string;
  readonly unit?: string;
  /** The beginnings of a signer's names. */
  readonly signer?: string;
  /** Somebody has to act within a week. */
  readonly dueSoon?: boolean;
}

export interface JobQuery {
  /** Everything but templates where absent. */
  readonly tab?: JobTab | 'template';
  readonly search?: string;
  readonly filter?: JobFilter;
  /** ISO date, for "yesterday" and "soon". */
  readonly today?: string;
  /** What this viewer sees; everything where absent. */
  readonly viewer?: Viewer;
  readonly limit: number;
  /** Opaque; from the page before. */
  readonly cursor?: string;
  /** So many rows from the top, of a list without search and filter. */
  readonly offset?: number;
}

export interface JobPage {
  readonly rows: readonly JobRow[];
  readonly next: string | null;
}

/** An event with its place in the chain, for evidence (`chain.ts` says how it is hashed). All hex. */
export interface ChainedEvent extends RecordedEvent {
  readonly prev: string;
  readonly hash: string;
  /** What recomputes the hash from what an export shows. */
  readonly proof: BodyProof;
}

export interface ArchiveProblem {
  readonly code: string;
  /** Where: `event 17`, `document <id> revision 2`. No personal data. */
  readonly place: string;
}

export interface ArchiveReport {
  readonly ok: boolean;
  readonly events: number;
  readonly documents: number;
  readonly revisions: number;
  readonly bytes: number;
  readonly head: string;
  /** How many walked the log at the same time; a report tells it along with the rest. */
  readonly threads: number;
  readonly problems: readonly ArchiveProblem[];
}

export interface ArchiveStats {
  readonly jobs: Readonly<Record<JobTab, number>>;
  readonly events: number;
  readonly documents: number;
  readonly revisions: number;
  readonly bytes: number;
  readonly schema: number;
  readonly lastBackup: string | null;
  /** ISO instant of the newest timestamp over the log. */
  readonly lastAnchor: string | null;
}

export interface OutboxRow {
  readonly id: number;
  readonly topic: string;
  readonly body: Json;
  readonly at: string;
}

/** A document revision as a source; close it when done (it holds a file handle). */
export interface RevisionSource extends ByteSource {
  readonly revision: RevisionRef;
  close(): void;
}

export interface Archive {
  readonly home: string;
  /** A program that had the archive open has died: time for `quickCheck`, in the worker. */
  readonly stoppedUncleanly: boolean;
  /** Appends events, documents, tails and outbox rows in one durable transaction. */
  append(entry: Append): Result<{ readonly job: Job; readonly seq: number }>;
  /** Of several jobs in one durable transaction: all of them or none. */
  appendAll(entries: readonly Append[]): Result<readonly Job[]>;
  job(id: string): Job | null;
  /** Whether the log has anything of a job, one that was disposed of included. */
  isKnown(job: string): boolean;
  events(job: string): readonly ChainedEvent[];
  /** Oldest first after `seq`, over all jobs (not the office): what a listener has not seen yet. */
  eventsSince(seq: number, limit: number): readonly ChainedEvent[];
  head(): { readonly seq: number; readonly hash: string };
  list(query: JobQuery): JobPage;
  counts(viewer?: Viewer): Readonly<Record<JobTab, number>>;
  /** Ids of jobs in a state, for resuming (deferred seals, deadlines, jobs not yet exported). */
  jobsWhere(filter: {
    readonly state?: Job['state'];
    readonly deadlineBefore?: string;
    readonly notExported?: boolean;
    readonly atKiosk?: boolean;
  }): readonly string[];
  /** Jobs with a code that waits for its signer. */
  pickUps(): readonly string[];
  /** Makes the text of a document searchable under its job. */
  indexText(job: string, document: string, text: string): void;

  /** The search text of a job's documents, deflated. */
  texts(job: string): readonly { readonly document: string; readonly body: Uint8Array }[];

  /** Encrypts a file into the archive's folder and fsyncs it; no row names it until `append` does. */
  stage(job: string, from: ByteSource, progress?: Progress): Result<StagedDocument>;
  /** Several at once, each for a job of its own; all or none. */
  stageAll(
    wanted: readonly { readonly job: string; readonly from: ByteSource }[],
  ): Promise<Result<readonly StagedDocument[]>>;
  /** Drops a staged document that was not used. */
  unstage(document: StagedDocument): void;
  documents(job: string): readonly JobDocument[];
  revisions(document: string): readonly RevisionRef[];
  /** The job a document belongs to; null for an unknown one. */
  jobOf(document: string): string | null;
  /** The bytes of a document up to `revision` (newest if left out). */
  source(document: string, revision?: number): Result<RevisionSource>;

  outbox(topic: string, limit: number): readonly OutboxRow[];
  removeFromOutbox(id: number): void;

  /**
   * An event of the office rather than of a job, in the same chain; answers its place in the log.
   * `actor`: user id, or `system` where the program itself acts.
   */
  recordOffice(actor: string, event: OfficeEvent): number;
  /** The office's events, newest first; `cursor` is `next` of the page before. */
  officeEvents(limit: number, cursor?: string, filter?: OfficeFilter): OfficePage;
  /** Those of one type, newest first. */
  officeEventsOf(type: OfficeEvent['type'], limit: number): OfficePage['rows'];
  /** Who has looked at a job that is not their own, newest first, among the last looks of the office. */
  looksAt(job: string, limit: number): OfficePage['rows'];

  /**
   * Keeps what somebody outside has said of the log as it stood. Refuses with `anchor.foreign` what is
   * not about this log.
   */
  putAnchor(anchor: Omit<Anchor, 'at'>): void;
  /** Keeps what speaks against this log, so that `verify` names it; false where it is kept already. */
  putContradiction(anchor: Omit<Anchor, 'at'>): boolean;
  /** What the chain says at a place, in hex; null behind its end. */
  hashAt(seq: number): string | null;
  /** Of events `from` to `to`, both included; all without. In the order of the log. */
  anchors(from?: number, to?: number): readonly Anchor[];
  /** The newest of a kind. */
  lastAnchor(kind: Anchor['kind']): Anchor | null;

  /**
   * Settings are JSON under a key, encrypted at rest with the database. Settings and users are views
   * of the office's log: each change is recorded there with who made it, in the same transaction.
   */
  setting(key: string): Json | undefined;
  putSetting(key: string, value: Json, actor: string): void;
  /** Reads and writes in one transaction: what another thread or program puts meanwhile is not lost. */
  changeSetting(key: string, change: (before: Json | undefined) => Json, actor: string): void;
  users(): readonly User[];
  putUser(user: User, actor: string): void;

  /** The address book. An entry that is removed is gone in every older backup, too. */
  book(): readonly BookEntry[];
  putInBook(entries: readonly BookEntry[], actor: string): void;
  removeFromBook(id: string, actor: string): void;

  /** Takes or renews a named lease across processes; false when another holds it. */
  lease(name: string, milliseconds: number): boolean;
  releaseLease(name: string): void;
  /** Changes when another connection has committed. */
  dataVersion(): number;

  /**
   * Destroys the job's key: its events, documents and text are unreadable from now on, here and in
   * every backup that carries today's keyring or a later one. The chain stays whole, and says who.
   */
  dispose(job: string, actor: string): void;
  /** Chain, versions, every revision's bytes, views, files without a row. */
  verify(progress?: Progress): ArchiveReport;
  /** Reads every page of the databases: four seconds per gigabyte. Empty when all is well. */
  quickCheck(): readonly ArchiveProblem[];
  stats(): ArchiveStats;
  close(): void;
}
