/** Jobs out of rows: several in one transaction, each opened in the same one that makes it. */
import { decide } from '../../shared/job/decide.ts';
import { copiedSpec } from '../../shared/job/copy.ts';
import type { Job, JobDocument } from '../../shared/job/job.ts';
import { attemptAsync, fail, ok, type Failure, type Result } from '../../shared/result.ts';
import type { Append, RevisionSource, StagedDocument } from '../archive/archive.ts';
import { memorySource } from '../core/pdf/objects.ts';
import type { List, ListRow } from './bulk-list.ts';
import { unitOf } from './copying.ts';
import { decided, newId, type Act, type Desk } from './desk.ts';
import { checkNationalIds } from './national-id.ts';
import { prepareOpening, type Opening } from './opening.ts';
import { sendJob } from './posten-jobs.ts';

export type RowOutcome =
  | { readonly state: 'made' }
  | { readonly state: 'known' }
  | { readonly state: 'faulty'; readonly failure: Failure };

export interface BulkMaker {
  /** In the order of `rows`; a failure is of the machine, and then nothing of them was made. */
  make(rows: readonly ListRow[]): Promise<Result<readonly RowOutcome[]>>;
}

interface Wanted {
  readonly row: ListRow;
  readonly documents: readonly {
    readonly staged: StagedDocument;
    readonly document: JobDocument;
  }[];
}

/** Above this the template's documents are read from the disk for each job. */
const inMemory = 64 * 1024 * 1024;

export function createBulkMaker(
  desk: Desk,
  list: List,
  opening: Opening,
  act: Act,
): Result<BulkMaker> {
  const { template } = list;
  const { archive } = desk;
  const here = (template.spec.place ?? 'counter') === 'counter';
  const unit = unitOf(desk, act.actor);
  const originals = originalsOf(desk, template);
  if (!originals.ok) return originals;
  const texts = new Map(archive.texts(template.id).map(({ document, body }) => [document, body]));

  /** The desk as it looks while a job is opened that no row speaks of yet. */
  function before(documents: ReadonlyMap<string, string>): Desk {
    const source = (id: string): Result<RevisionSource> => {
      const original = originals.ok ? originals.value(documents.get(id) ?? '') : originals;
      if (!original.ok) return original;
      const { revision } = original.value;
      return ok({ ...original.value, revision: { ...revision, document: id } });
    };
    return { ...desk, archive: { ...archive, source } };
  }

  async function entryOf({ row, documents }: Wanted): Promise<Result<Append>> {
    const ids = new Map(
      documents.map(({ document }, index) => [template.documents[index]?.id ?? '', document.id]),
    );
    const fresh = () => newId(desk);
    const spec = copiedSpec(row.spec, { signer: fresh, field: fresh, documents: ids }, true);
    const titles = Object.fromEntries(
      documents.map(({ document }) => [document.id, document.title]),
    );
    const numbers = checkNationalIds(desk, spec, titles);
    if (!numbers.ok) return numbers;
    const order = documents.map(({ document }) => document.id);
    const madeFrom = { job: template.id, list: { sha256: list.sha256, row: row.number } };
    const audience = { unit, only: null };
    const draft = decided(desk, row.job, act.actor, null, [
      { type: 'create', spec: { ...spec, fields: [] }, audience, madeFrom },
      ...documents.map(({ document }) => ({ type: 'add-document' as const, document })),
      { type: 'edit', spec, titles, order },
    ]);
    if (!draft.ok) return draft;
    const opened = here ? await openedOf(draft.value.job, ids) : ok({ events: [], tails: [] });
    if (!opened.ok) return opened;
    const known = [...ids].flatMap(([old, document]) => {
      const deflated = texts.get(old);
      return deflated === undefined ? [] : [{ document, deflated }];
    });
    const read = new Set(known.map(({ document }) => document));
    return ok({
      ...{ job: row.job, expectedVersion: 0, actor: act.actor },
      events: [...draft.value.events, ...opened.value.events],
      documents: documents.map(({ staged }) => staged),
      tails: opened.value.tails,
      texts: known,
      outbox: order
        .filter((document) => !read.has(document))
        .map((document) => ({ topic: 'text', body: { job: row.job, document } })),
    });
  }

  async function openedOf(
    draft: Job,
    ids: ReadonlyMap<string, string>,
  ): Promise<Result<{ events: Append['events']; tails: NonNullable<Append['tails']> }>> {
    const old = new Map([...ids].map(([from, to]) => [to, from]));
    const made = await prepareOpening(before(old), draft, opening, { ...act, progress: quiet });
    if (!made.ok) return made;
    const { tails, ...rest } = made.value;
    const now = desk.clock.now().toISOString();
    const events = decide(draft, { type: 'open', now, seal: opening.seal, ...rest });
    return events.ok ? ok({ events: events.value, tails }) : events;
  }

  async function stage(rows: readonly ListRow[]): Promise<Result<readonly Wanted[]>> {
    const wanted = [];
    for (const { job } of rows)
      for (const { id } of template.documents) {
        const from = originals.ok ? originals.value(id) : originals;
        if (!from.ok) return from;
        wanted.push({ job, from: from.value });
      }
    const staged = await archive.stageAll(wanted);
    for (const { from } of wanted) from.close();
    if (!staged.ok) return staged;
    const each = template.documents.length;
    return ok(
      rows.map((row, index) => ({
        row,
        documents: template.documents.flatMap((document, number) => {
          const one = staged.value[index * each + number];
          return one === undefined ? [] : [{ staged: one, document: { ...document, id: one.id } }];
        }),
      })),
    );
  }

  function dropAll(wanted: readonly Wanted[]): void {
    for (const { documents } of wanted) for (const { staged } of documents) archive.unstage(staged);
  }

  async function make(rows: readonly ListRow[]): Promise<Result<readonly RowOutcome[]>> {
    const staged = await stage(rows);
    if (!staged.ok) return staged;
    const outcomes = new Map<string, RowOutcome>();
    const entries: { readonly wanted: Wanted; readonly entry: Append }[] = [];
    for (const wanted of staged.value) {
      const entry = await entryOf(wanted);
      if (entry.ok) entries.push({ wanted, entry: entry.value });
      else {
        dropAll([wanted]);
        outcomes.set(wanted.row.job, { state: 'faulty', failure: entry.error });
      }
    }
    const stored = archive.appendAll(entries.map(({ entry }) => entry));
    if (stored.ok) for (const { entry } of entries) outcomes.set(entry.job, { state: 'made' });
    else if (entries.length > 1 && stored.error.code === 'job.moved') {
      // Somebody else is at the same list: one by one, so that only what is there already is left out.
      for (const { wanted, entry } of entries) outcomes.set(entry.job, storedOne(wanted, entry));
    } else if (stored.error.code === 'job.moved') {
      dropAll(entries.map(({ wanted }) => wanted));
      for (const { entry } of entries) outcomes.set(entry.job, { state: 'known' });
    } else {
      dropAll(entries.map(({ wanted }) => wanted));
      return stored;
    }
    // What another hand made of the same list it sends itself.
    if (!here)
      for (const { entry } of entries)
        if (outcomes.get(entry.job)?.state === 'made') outcomes.set(entry.job, sent(entry.job));
    return ok(
      rows.map(
        ({ job }) =>
          outcomes.get(job) ?? { state: 'faulty', failure: fail('internal', 'No outcome.').error },
      ),
    );
  }

  function storedOne(wanted: Wanted, entry: Append): RowOutcome {
    const stored = archive.appendAll([entry]);
    if (stored.ok) return { state: 'made' };
    dropAll([wanted]);
    if (stored.error.code === 'job.moved') return { state: 'known' };
    return { state: 'faulty', failure: stored.error };
  }

  /** A job that is signed elsewhere leaves by the service's own errands. */
  function sent(job: string): RowOutcome {
    const left = sendJob(desk, { job }, act.actor);
    return left.ok ? { state: 'made' } : { state: 'faulty', failure: left.error };
  }

  return ok({
    make: async (rows) => {
      const done = await attemptAsync(() => make(rows));
      return done.ok ? done.value : done;
    },
  });
}

const quiet = () => undefined;

/** The template's documents as they came, by their ids there. */
function originalsOf(
  desk: Desk,
  template: Job,
): Result<(document: string) => Result<RevisionSource>> {
  const { archive } = desk;
  const bytes = template.documents.reduce((sum, { length }) => sum + length, 0);
  if (bytes > inMemory) return ok((document) => archive.source(document, 0));
  const known = new Map<string, RevisionSource>();
  for (const { id } of template.documents) {
    const source = archive.source(id, 0);
    if (!source.ok) return source;
    const memory = memorySource(source.value.read(0, source.value.length).slice());
    known.set(id, { ...memory, revision: source.value.revision, close: quiet });
    source.value.close();
  }
  return ok((document) => {
    const source = known.get(document);
    return source === undefined
      ? fail('document.unknown', 'There is no such document or revision')
      : ok(source);
  });
}
