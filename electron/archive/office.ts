/** The office's own events: in the same chain as the jobs', under a job that nobody has. */
import {
  officeJob,
  type OfficeEvent,
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
  /** Newest first. */
  list(limit: number, cursor?: string): OfficePage;
  /** Those of one type, newest first. */
  ofType(type: OfficeEvent['type'], limit: number): readonly RecordedOfficeEvent[];
  /** Looks at one job, newest first. */
  looksAt(job: string, limit: number): readonly RecordedOfficeEvent[];
}

const most = 500;
/** So many of the office's looks are read for one job: the question must not stop a window. */
const looked = 2_000;

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
        .officeOf('looked', looked)
        .map(recorded)
        .filter(({ event }) => event.type === 'looked' && event.job === job)
        .slice(0, limit),
    record: (actor, event) => noting(actor, (note) => note(event)),
    list(limit, cursor) {
      const count = Math.min(Math.max(1, Math.trunc(limit)), most);
      const below = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor);
      if (!Number.isSafeInteger(below)) return { rows: [], next: null };
      const found = events.office(below, count + 1);
      const rows = found.slice(0, count).map(recorded);
      const last = rows.at(-1);
      const next = found.length > count && last !== undefined ? String(last.version) : null;
      return { rows, next };
    },
  };
}
