/** The office's own events: in the same chain as the jobs', under a job that nobody has. */
import {
  kindOf,
  officeJob,
  type OfficeEvent,
  type OfficeFilter,
  type RecordedOfficeEvent,
} from '../../shared/office-event.ts';
import type { Clock } from '../core/ports.ts';
import { type Db, inTransaction } from './database.ts';
import type { Events, StoredRow } from './events.ts';
import type { Keyring } from './keyring.ts';
import { damaged } from './refusals.ts';

export interface OfficePage {
  readonly rows: readonly RecordedOfficeEvent[];
  /** For the page after this one; null where there is none. */
  readonly next: string | null;
}

export interface Office {
  /** One event in a transaction of its own; answers its place in the log. */
  record(actor: string, event: OfficeEvent): number;
  /**
   * Runs `body` in one transaction with the events it notes: what a row becomes and the event that
   * says so are stored together.
   */
  noting<T>(actor: string, body: (note: (event: OfficeEvent) => number) => T): T;
  /** Newest first. A page of a filter may be short, or empty, and still not the last. */
  list(limit: number, cursor?: string, filter?: OfficeFilter): OfficePage;
  /** Those of one type, newest first. */
  ofType(type: OfficeEvent['type'], limit: number): readonly RecordedOfficeEvent[];
  /** Looks at one job, newest first. */
  looksAt(job: string, limit: number): readonly RecordedOfficeEvent[];
}

/** By what a row says of itself, before it is opened. */
function mayPass({ type }: Pick<StoredRow, 'type'>, { kind }: OfficeFilter): boolean {
  return kind === undefined || kindOf[type as OfficeEvent['type']] === kind;
}

function passes({ actor, event }: RecordedOfficeEvent, { person }: OfficeFilter): boolean {
  return person === undefined || actor === person || ('user' in event && event.user === person);
}

const most = 500;
/** So many are gone through to answer one question: it must not stop a window. */
const searched = 2_000;

export function createOffice(db: Db, events: Events, keyring: Keyring, clock: Clock): Office {
  function noting<T>(actor: string, body: (note: (event: OfficeEvent) => number) => T): T {
    // The key is on the disk before anything that only it can open.
    if (keyring.keyFor(officeJob) === null) throw damaged('key of the office');
    const at = clock.now().toISOString();
    return inTransaction(db, () =>
      body((event) => {
        const version = events.version(officeJob) + 1;
        return events.putOffice(events.head(), { job: officeJob, version, at, actor }, event).seq;
      }),
    );
  }

  function recorded(row: StoredRow): RecordedOfficeEvent {
    const body = events.open(row);
    if (body === null) throw damaged('key of the office');
    const { seq, version, at, actor } = row;
    // The body is authenticated: it is what `putOffice` wrote.
    const event = JSON.parse(Buffer.from(body.shown).toString()) as OfficeEvent;
    return { seq, version, at, actor, event };
  }

  return {
    noting,
    ofType: (type, limit) => events.officeOf(type, limit).map(recorded),
    looksAt: (job, limit) =>
      events
        .officeOf('looked', searched)
        .map(recorded)
        .filter(({ event }) => event.type === 'looked' && event.job === job)
        .slice(0, limit),
    record: (actor, event) => noting(actor, (note) => note(event)),
    list(limit, cursor, filter = {}) {
      const count = Math.min(Math.max(1, Math.trunc(limit)), most);
      let below = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor);
      if (!Number.isSafeInteger(below)) return { rows: [], next: null };
      const all = filter.kind === undefined && filter.person === undefined;
      const batch = all ? count + 1 : most;
      const rows: RecordedOfficeEvent[] = [];
      for (let seen = 0; seen < searched;) {
        const found = events.office(below, batch);
        for (const row of found) {
          // There is one more than fits.
          if (rows.length === count) return { rows, next: String(below) };
          below = row.version;
          seen += 1;
          if (!mayPass(row, filter)) continue;
          const event = recorded(row);
          if (passes(event, filter)) rows.push(event);
        }
        if (found.length < batch) return { rows, next: null };
      }
      return { rows, next: String(below) };
    },
  };
}
