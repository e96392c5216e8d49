/** Creates and opens an archive: checks first, writes only when all of them have passed. */
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { officeJob } from '../../shared/office-event.ts';
import { attempt, Refusal, type Result } from '../../shared/result.ts';
import type { Clock, Random } from '../core/ports.ts';
import { createAppend, type AppendStep } from './append.ts';
import { createAnchors } from './anchors.ts';
import { createBook } from './book.ts';
import type { Archive, Progress } from './archive.ts';
import { subkey } from './box.ts';
import { type Db, openDatabase, removeDatabase } from './database.ts';
import { createDocuments } from './documents.ts';
import { createEvents } from './events.ts';
import { createKeyring } from './keyring.ts';
import { beginGuard } from './begin-guard.ts';
import { createHeadWitness } from './head-witness.ts';
import { isArchive, layoutOf, type Layout, makeFolder, syncFile, syncFolder } from './layout.ts';
import { migrate, newestSchema } from './migrate.ts';
import { createOffice } from './office.ts';
import { createOutbox } from './outbox.ts';
import { peekSchema } from './peek-schema.ts';
import { attemptGuarded, attemptGuardedAsync, damaged, guarded } from './refusals.ts';
import { createRegisters, leaseHolder } from './registers.ts';
import { createRowMacs } from './row-macs.ts';
import { isKeyOf, newSlots, readSlots, writeSlots } from './slots.ts';
import { createStaging } from './staging.ts';
import { archiveStats } from './stats.ts';
import { createTexts } from './texts.ts';
import { quickCheck } from './quick-check.ts';
import { verifyArchive } from './verify.ts';
import type { WalkPlan } from './verify-threads.ts';
import { openViews } from './open-views.ts';

export interface ArchivePorts {
  readonly home: string;
  /** The archive key: 32 bytes, out of a slot. */
  readonly key: Uint8Array;
  readonly clock: Clock;
  readonly random: Random;
  /** Of making the views anew, where that is needed. */
  readonly progress?: Progress;
  /** It was just made out of a backup: its log ends where the backup's did. */
  readonly restored?: boolean;
  /** Tests end the process at a step. */
  readonly onStep?: (step: AppendStep) => void;
  /** Tests cut a short log into parts. */
  readonly plan?: WalkPlan;
}

/**
 * A new, empty archive. Slots may be there already (`createSlots`) or be added later. Refuses with
 * `archive.home-not-empty`, `archive.wrong-key`, `archive.read-only`, `archive.disk-full`.
 */
export function createArchive(ports: ArchivePorts): Result<Archive> {
  const layout = layoutOf(ports.home);
  const made = attemptGuarded(() => {
    if (isArchive(ports.home) || hasDocuments(layout))
      throw new Refusal('archive.home-not-empty', 'There is an archive in this folder already');
    for (const folder of [layout.home, layout.documents, layout.staging]) makeFolder(folder);
    if (!existsSync(layout.slots)) writeSlots(ports.home, newSlots(ports.key, ports.random));
    if (!isKeyOf(readSlots(ports.home), ports.key)) throw wrongKey();
    // The last file to get its name is the archive: before that a creation can start over.
    const unfinished = `${layout.archive}.part`;
    for (const file of [unfinished, layout.keyring, layout.views]) removeDatabase(file);
    makeDatabase(layout.keyring, ports.key, 'keyring');
    makeDatabase(unfinished, ports.key, 'archive');
    syncFolder(layout.home);
    renameSync(unfinished, layout.archive);
    syncFolder(layout.home);
  });
  return made.ok ? openArchive(ports) : made;
}

function makeDatabase(file: string, key: Uint8Array, which: 'archive' | 'keyring'): void {
  const db = openDatabase(file, subkey(key, which));
  try {
    migrate(db, which);
  } finally {
    db.close();
  }
  syncFile(file);
}

function hasDocuments({ documents }: Layout): boolean {
  return existsSync(documents) && readdirSync(documents).length > 0;
}

function wrongKey(): Refusal {
  return new Refusal('archive.wrong-key', 'This key does not open this archive');
}

function newer(schema: number): Refusal {
  return new Refusal('archive.newer', 'A newer version of the program has made this archive', {
    schema,
    known: newestSchema,
  });
}

/**
 * Opens an archive. Refuses with `archive.not-here`, `archive.wrong-key`, `archive.newer` (nothing is
 * written then), `archive.damaged`, `archive.read-only`, `archive.disk-full`.
 */
export function openArchive(ports: ArchivePorts): Result<Archive> {
  return attemptGuarded(() => {
    const layout = layoutOf(ports.home);
    const slots = readSlots(ports.home);
    if (!existsSync(layout.archive))
      throw new Refusal('archive.not-here', 'There is no archive in this folder');
    if (slots.schema > newestSchema) throw newer(slots.schema);
    if (!isKeyOf(slots, ports.key)) throw wrongKey();
    if (!existsSync(layout.keyring)) throw damaged('keyring.db');
    const schema = peekSchema(layout.archive, subkey(ports.key, 'archive'));
    if (schema > newestSchema) throw newer(schema);
    // Said before it begins: an older program must not look at a database that is half way there.
    if (slots.schema < newestSchema) writeSlots(ports.home, { ...slots, schema: newestSchema });
    for (const folder of [layout.documents, layout.staging]) makeFolder(folder);
    const closing: { close(): unknown }[] = [];
    try {
      return assemble(ports, layout, closing);
    } catch (error) {
      for (const one of closing) one.close();
      throw error;
    }
  });
}

function assemble(ports: ArchivePorts, layout: Layout, closing: { close(): unknown }[]): Archive {
  const { key, clock, random } = ports;
  const keep = (db: Db) => {
    closing.push(db);
    return db;
  };
  const keyringDb = keep(
    openDatabase(layout.keyring, subkey(key, 'keyring'), { secureDelete: true }),
  );
  migrate(keyringDb, 'keyring');
  const db = keep(openDatabase(layout.archive, subkey(key, 'archive'), { secureDelete: true }));
  migrate(db, 'archive');

  const keyringMacs = createRowMacs(keyringDb, 'keyring', subkey(key, 'keyring rows'));
  const macs = createRowMacs(db, 'archive', subkey(key, 'archive rows'));
  const keyring = createKeyring(keyringDb, clock, random, keyringMacs);
  const unique = Buffer.from(random.bytes(16)).toString('hex');
  const staging = createStaging(layout, unique);
  const events = createEvents(db, keyring, random);
  const documents = createDocuments(db, layout, staging, keyring, random, macs);
  const outbox = createOutbox(db, keyring, random, macs);
  const texts = createTexts(db, keyring, random, macs);
  const holder = leaseHolder(unique);
  const office = createOffice(db, events, keyring, clock);
  const registers = createRegisters(db, office, macs, ports, holder);
  const book = createBook(db, office, keyring, macs, random);
  const anchors = createAnchors(db, layout, macs, office, clock);
  const witness = createHeadWitness(layout, subkey(key, 'head'), (head) => events.isInLog(head));
  beginGuard({
    ...{ db, keyringDb, macs, keyringMacs, events, office, witness, random },
    restored: ports.restored === true,
  });
  const views = openViews(layout.views, subkey(key, 'views'), {
    ...{ archiveDb: db, events, texts },
    markKey: subkey(key, 'views mark'),
  });
  closing.push(views);
  const append = createAppend({
    ...{ db, events, documents, outbox, keyring, staging, texts, clock },
    onStep: ports.onStep,
  });
  const visit = staging.enter();
  closing.push({ close: visit.leave });
  documents.sweep();
  if (visit.unclean) anchors.mend();
  views.followPatiently(ports.progress);

  /** Every call goes through here: what the disk refuses has a code, and no destroyed key is used. */
  function look<T>(body: () => T): T {
    return guarded(() => {
      keyring.refresh();
      return body();
    });
  }

  /** After a commit nothing may fail any more. */
  function committed(): void {
    attempt(() => guarded(() => witness.advance(events.head())));
    views.follow();
  }
  function looking<T>(body: () => T): T {
    const value = look(body);
    committed();
    return value;
  }

  return {
    home: ports.home,
    stoppedUncleanly: visit.unclean,
    append: (entry) => {
      const result = attempt(() => look(() => append(entry)));
      if (result.ok) committed();
      return result;
    },
    appendAll: (entries) => {
      if (entries.length === 0) return { ok: true, value: [] };
      const result = attempt(() => look(() => append.all(entries)));
      if (!result.ok) return result;
      committed();
      return { ok: true, value: result.value.map(({ job }) => job) };
    },
    isKnown: (id) => look(() => events.version(id) > 0),
    texts: (job) => look(() => texts.of(job)),
    stageAll: (wanted) =>
      attemptGuardedAsync(async () => {
        keyring.refresh();
        return documents.stageAll(wanted);
      }),
    job: (id) => look(() => events.job(id)),
    events: (job) => look(() => events.of(job)),
    eventsSince: (seq, limit) => look(() => events.since(seq, limit)),
    head: () => {
      const { seq, hash } = look(() => events.head());
      return { seq, hash: hash.toString('hex') };
    },
    list: (query) => look(() => views.list(query)),
    counts: (viewer) => look(() => views.counts(viewer)),
    jobsWhere: (filter) => look(() => views.jobsWhere(filter)),
    pickUps: () => look(() => views.pickUps()),
    indexText: (job, document, text) => {
      look(() => texts.put(job, document, text));
      views.followPatiently();
    },
    stage: (job, from, progress) => attempt(() => look(() => documents.stage(job, from, progress))),
    unstage: (document) => look(() => documents.unstage(document)),
    documents: (job) => look(() => events.job(job)?.documents ?? []),
    revisions: (document) => look(() => documents.revisions(document)),
    jobOf: (document) => look(() => documents.jobOf(document)),
    source: (document, revision) => attempt(() => look(() => documents.source(document, revision))),
    outbox: (topic, limit) => look(() => outbox.list(topic, limit)),
    removeFromOutbox: (id) => look(() => outbox.remove(id)),
    setting: (name) => look(() => registers.setting(name)),
    recordOffice: (actor, event) => looking(() => office.record(actor, event)),
    officeEvents: (limit, cursor, filter) => look(() => office.list(limit, cursor, filter)),
    officeEventsOf: (type, limit) => look(() => office.ofType(type, limit)),
    putContradiction: (anchor) => look(() => anchors.putContradiction(anchor)),
    hashAt: (seq) => look(() => events.hashAt(seq)?.toString('hex') ?? null),
    putAnchor: (anchor) => looking(() => anchors.put(anchor)),
    anchors: (from, to) => look(() => anchors.list(from, to)),
    lastAnchor: (kind) => look(() => anchors.last(kind)),
    putSetting: (name, value, actor) => looking(() => registers.putSetting(name, value, actor)),
    changeSetting: (name, change, actor) =>
      looking(() => registers.changeSetting(name, change, actor)),
    looksAt: (job, limit) => look(() => office.looksAt(job, limit)),
    book: () => look(() => book.list()),
    putInBook: (entries, actor) => looking(() => book.put(entries, actor)),
    removeFromBook: (id, actor) => looking(() => book.remove(id, actor)),
    users: () => look(() => registers.users()),
    putUser: (user, actor) => looking(() => registers.putUser(user, actor)),
    lease: (name, milliseconds) => look(() => registers.lease(name, milliseconds)),
    releaseLease: (name) => look(() => registers.releaseLease(name)),
    dataVersion: () => look(() => Number(db.pragma('data_version', { simple: true }))),
    dispose: (job, actor) => {
      look(() => {
        if (job === officeJob) throw new Error('the office is not disposed of');
        // Said first: a key that is gone without a word would be one that somebody took.
        office.record(actor, { type: 'job-disposed', job });
        keyring.destroy(job);
        witness.advance(events.head());
        views.forget(job);
      });
    },
    verify: (progress) =>
      look(() =>
        verifyArchive(
          {
            ...{ db, keyringDb, layout, keyring, events, documents, texts, anchors },
            macs: [macs, keyringMacs],
            live: { views, witness, key },
            plan: ports.plan,
          },
          progress,
        ),
      ),
    quickCheck: () => look(() => quickCheck(db, keyring)),
    stats: () =>
      look(() =>
        archiveStats(
          db,
          views.counts(),
          registers.setting('archive.last-backup'),
          anchors.last('timestamp')?.at ?? null,
        ),
      ),
    close: () => {
      for (const one of [views, db, keyringDb]) one.close();
      visit.leave();
    },
  };
}
