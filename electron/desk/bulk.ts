/** Many jobs from a list: the dry run that says what would be made, and the run that makes it. In the worker. */
import { attemptAsync, ok, Refusal, type Failure, type Result } from '../../shared/result.ts';
import type { BulkCheck, BulkCounts, BulkResult, BulkRow } from '../../shared/rpc/views-bulk.ts';
import { createBulkMaker } from './bulk-jobs.ts';
import {
  columnViews,
  readList,
  refusedList,
  rememberColumns,
  saltOf,
  stops,
  troubleOf,
  unnamedRoles,
  type ListInput,
  type ListRow,
} from './bulk-list.ts';
import type { Act, Desk } from './desk.ts';
import { openingOf } from './opening.ts';

/** So many at once share their transaction and their waits for the disk; so many are lost work at most. */
const batch = 25;
const shownRows = 500;

export function checkBulk(desk: Desk, input: ListInput, act: Act): Result<BulkCheck> {
  const list = readList(desk, input, (done, total) =>
    act.progress({ step: 'bulk-check', done, total }),
  );
  if (!list.ok) return list;
  const rows = list.value.rows.map((row) => viewOf(row, stateOf(row)));
  const { encoding, separator } = list.value.table;
  return ok({
    columns: columnViews(list.value),
    encoding,
    separator,
    counts: countsOf(rows),
    rows: faultyFirst(rows).slice(0, shownRows),
    trouble: troubleOf(desk, list.value.template),
    rolesWithoutName: unnamedRoles(list.value),
  });
}

export async function runBulk(desk: Desk, input: ListInput, act: Act): Promise<Result<BulkResult>> {
  const began = performance.now();
  saltOf(desk, act.actor);
  const read = readList(desk, input, (done, total) =>
    act.progress({ step: 'bulk-check', done, total }),
  );
  if (!read.ok) return read;
  const list = read.value;
  const trouble = troubleOf(desk, list.template);
  if (trouble !== null) throw refusedList(trouble);
  rememberColumns(desk, list, act.actor);
  const opening = openingOf(desk, { timed: false });
  if (!opening.ok) return opening;
  const maker = createBulkMaker(desk, list, opening.value, act);
  if (!maker.ok) return maker;
  const rows = new Map(list.rows.map((row) => [row.number, viewOf(row, stateOf(row))]));
  const good = list.rows.filter((row) => stateOf(row) === 'good');
  let stopped: string | null = null;
  for (let at = 0; at < good.length && stopped === null; at += batch) {
    const some = good.slice(at, at + batch);
    const done = await attemptAsync(async () => {
      act.progress({ step: 'bulk', done: at, total: good.length });
      return maker.value.make(some);
    });
    const made = done.ok ? done.value : done;
    if (!made.ok) {
      if (!stops(made.error.code)) throw new Refusal(made.error.code, made.error.message);
      stopped = made.error.code;
      break;
    }
    some.forEach((row, index) => {
      const outcome = made.value[index];
      if (outcome === undefined) return;
      rows.set(
        row.number,
        outcome.state === 'faulty'
          ? { ...viewOf(row, 'faulty'), issues: [issueOf(outcome.failure)] }
          : viewOf(row, outcome.state),
      );
    });
  }
  // What had no turn is said to be left, and is made when the list is run again.
  const all = [...rows.values()].map((row): BulkRow =>
    row.state === 'good' ? { ...row, state: 'left', job: null } : row,
  );
  return ok({
    counts: countsOf(all),
    rows: faultyFirst(all),
    stopped,
    seconds: (performance.now() - began) / 1000,
  });
}

function stateOf({ known, issues }: ListRow): 'good' | 'faulty' | 'known' {
  return known ? 'known' : issues.length > 0 ? 'faulty' : 'good';
}

function viewOf({ number: row, label, job, issues }: ListRow, state: BulkRow['state']): BulkRow {
  const isThere = state === 'made' || state === 'known';
  return { row, label, state, job: isThere ? job : null, issues: state === 'faulty' ? issues : [] };
}

function issueOf({ code, detail }: Failure): BulkRow['issues'][number] {
  return { code: 'refused', column: null, detail: { ...detail, code } };
}

function countsOf(rows: readonly BulkRow[]): BulkCounts {
  const counts = { good: 0, faulty: 0, known: 0, made: 0, left: 0 };
  for (const { state } of rows) counts[state] += 1;
  return counts;
}

const rank = { faulty: 0, left: 1, good: 2, made: 3, known: 4 } as const;

function faultyFirst(rows: readonly BulkRow[]): readonly BulkRow[] {
  return rows.toSorted((one, other) => rank[one.state] - rank[other.state] || one.row - other.row);
}
