/**
 * A list over a template. What a row says becomes the id of its job, so however often the list is run,
 * by whomever, and wherever the program died: the log holds one first event per job, and a row that was
 * made is known again. A row that was mended is another row.
 */
import { idnr } from '@navikt/fnrvalidator';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { guessColumns, openRoles, targetsOf } from '../../shared/bulk/columns.ts';
import { makeRow, type RowIssue, type RowRules } from '../../shared/bulk/row.ts';
import type { Job, JobSpec } from '../../shared/job/job.ts';
import { missing, missingOfTemplate } from '../../shared/job/missing.ts';
import { agreesWithBirthDate, judgeNationalId, nationalIdsIn } from '../../shared/national-id.ts';
import type { CheckDigits } from '../../shared/national-id.ts';
import { attempt, fail, ok, Refusal, type Result } from '../../shared/result.ts';
import type { BulkColumn } from '../../shared/rpc/views-bulk.ts';
import { withoutGuard, type TableRow } from '../../shared/table/csv.ts';
import { readTable, type ReadTable, type TableEncoding } from '../adapters/read-table.ts';
import { daysAfter, endOfDay } from './calendar.ts';
import { templateOr } from './copying.ts';
import { sha256Hex, type Desk } from './desk.ts';
import { isTestMode, maskNationalIds } from './national-id.ts';
import { checkSeal, sealOf } from './seal.ts';
import { settingsOf } from './settings-store.ts';

/** Of one list: more is no longer looked through by anybody. */
export const mostRows = 10_000;

export interface ListInput {
  /** The template. */
  readonly job: string;
  readonly path: string;
  readonly encoding?: TableEncoding;
  /** A target for each column; guessed, or as last time, where absent. */
  readonly columns?: readonly string[];
  /** All of it once more, although it was made before. */
  readonly again?: boolean;
}

export interface ListRow {
  readonly number: number;
  readonly job: string;
  readonly label: string;
  readonly spec: JobSpec;
  readonly issues: readonly RowIssue[];
  readonly known: boolean;
}

export interface List {
  readonly template: Job;
  readonly table: ReadTable;
  readonly columns: readonly string[];
  /** Hex SHA-256 of what was read. */
  readonly sha256: string;
  readonly rows: readonly ListRow[];
}

/** Fails as `readTable` does, and with `template.unknown`, `bulk.too-many-rows`, `bulk.no-rows`. */
export function readList(
  desk: Desk,
  input: ListInput,
  tick: (done: number, total: number) => void,
): Result<List> {
  const template = templateOr(desk, input.job);
  if (!template.ok) return template;
  const read = readTable(
    input.path,
    input.encoding === undefined ? {} : { encoding: input.encoding },
  );
  if (!read.ok) return read;
  const table = read.value;
  if (table.rows.length > mostRows)
    return fail('bulk.too-many-rows', `A list has at most ${mostRows} rows.`, {
      ...{ rows: table.rows.length, most: mostRows },
    });
  if (table.rows.length === 0) return fail('bulk.no-rows', 'There are headings and nothing else.');
  const columns = columnsOf(desk, template.value, table, input.columns);
  const cells = table.rows.map((row) => row.cells.map((cell) => withoutGuard(cell).trim()));
  const ids = idsOf(desk, input, table, cells);
  const first = new Map<string, number>();
  const rules = rulesOf(desk);
  const spec = templateSpec(desk, template.value);
  const done = attempt(() =>
    table.rows.map((row, index): ListRow => {
      tick(index, table.rows.length);
      const job = ids[index] ?? '';
      const values = cells[index] ?? [];
      const made = makeRow(spec, table.headings, columns, values, rules);
      const before = first.get(job);
      first.set(job, before ?? row.number);
      const issues =
        before === undefined
          ? [...made.issues, ...lacking(template.value, made.spec, made.issues)]
          : [{ code: 'same-row', column: null, detail: { row: before } }];
      const known = before === undefined && desk.archive.isKnown(job);
      return { ...of(row), job, spec: made.spec, label: labelOf(made.spec), issues, known };
    }),
  );
  if (!done.ok) return done;
  const sha256 = sha256Hex(canonicalJson([[...table.headings], ...cells]));
  return ok({ template: template.value, table, columns, sha256, rows: done.value });
}

const of = ({ number }: TableRow) => ({ number });

/** What no job of this template can be without; said once, and not for each row. */
export function troubleOf(desk: Desk, template: Job): string | null {
  if (missingOfTemplate(template).length > 0) return 'bulk.unfinished';
  if ((template.spec.place ?? 'counter') !== 'counter') return null;
  if (sealOf(desk) === null)
    return template.spec.signers.some(({ kind }) => kind !== 'advanced') ? 'seal.missing' : null;
  const usable = checkSeal(desk);
  return usable.ok ? null : usable.error.code;
}

export function columnViews({ table, columns }: List): readonly BulkColumn[] {
  return table.headings.map((heading, index) => ({
    heading,
    target: columns[index] ?? 'nothing',
    samples: table.rows
      .slice(0, 3)
      .map((row) => maskNationalIds((row.cells[index] ?? '').trim()))
      .filter((text) => text !== ''),
  }));
}

/** Roles that nobody is named for: every row would lack them. */
export function unnamedRoles({ template, columns }: List): readonly string[] {
  return openRoles(template.spec)
    .filter(({ id }) => !columns.includes(`person:${id}:name`))
    .map(({ title }) => title);
}

function columnsOf(
  desk: Desk,
  template: Job,
  { headings }: ReadTable,
  given: readonly string[] | undefined,
): readonly string[] {
  const offered = new Set(targetsOf(template.spec));
  const fit = (word: string | undefined) =>
    word !== undefined && offered.has(word) ? word : 'nothing';
  if (given !== undefined) return headings.map((_, index) => fit(given[index]));
  const remembered = settingsOf(desk.archive).get('bulk').columns[template.id] ?? {};
  const guessed = guessColumns(headings, template.spec);
  return headings.map((heading, index) => {
    const key = heading.toLowerCase();
    return Object.hasOwn(remembered, key) ? fit(remembered[key]) : fit(guessed[index]);
  });
}

/** As the clerk had them: the next list of this template begins with it. */
export function rememberColumns(
  desk: Desk,
  { template, table, columns }: List,
  actor: string,
): void {
  const words = Object.fromEntries(
    table.headings.map((heading, index) => [heading.toLowerCase(), columns[index] ?? 'nothing']),
  );
  settingsOf(desk.archive).change(
    'bulk',
    (before) => ({ ...before, columns: { ...before.columns, [template.id]: words } }),
    actor,
  );
}

/** Behind a secret of the office: an id stands in addresses, and a row may be easy to guess. */
export function saltOf(desk: Desk, actor: string): string {
  const settings = settingsOf(desk.archive);
  const fresh = Buffer.from(desk.random.bytes(32)).toString('hex');
  // Whoever comes second uses what the first one made.
  settings.change('bulk', (now) => ({ ...now, salt: now.salt ?? fresh }), actor);
  return settings.get('bulk').salt ?? fresh;
}

/**
 * The ids of the rows in the newest round in which any of them was made, so that a round that was cut
 * short goes on; `again`: in the one after it.
 */
function idsOf(
  desk: Desk,
  { job: template, again }: ListInput,
  { headings }: ReadTable,
  cells: readonly (readonly string[])[],
): readonly string[] {
  const { salt } = settingsOf(desk.archive).get('bulk');
  const texts = cells.map((row) =>
    canonicalJson(headings.map((heading, index) => [heading, row[index] ?? ''])),
  );
  const inRound = (round: number) =>
    texts.map((text) => sha256Hex(`bulk ${salt ?? ''} ${template} ${round} ${text}`).slice(0, 32));
  let ids = inRound(0);
  for (let round = 1; ids.some((id) => desk.archive.isKnown(id)); round++) {
    const next = inRound(round);
    if (!next.some((id) => desk.archive.isKnown(id))) return again === true ? next : ids;
    ids = next;
  }
  return ids;
}

/** The template's, with the deadline that a job made today gets. */
function templateSpec(desk: Desk, { spec: { deadlineDays, ...spec } }: Job): JobSpec {
  const deadline =
    deadlineDays === undefined ? null : daysAfter(desk.clock.now(), deadlineDays, desk.zone);
  return { ...spec, deadline };
}

const check: CheckDigits = (digits) => {
  const judged = idnr(digits);
  return judged.status === 'valid' ? { reasons: [] } : judged;
};

export function rulesOf(desk: Desk): RowRules {
  const trial = isTestMode(desk);
  return {
    numberTrouble(digits) {
      const { kind } = judgeNationalId(digits, check);
      return kind === 'wrong' ? 'wrong' : kind === 'synthetic' && !trial ? 'synthetic' : null;
    },
    agrees: agreesWithBirthDate,
    hasNumber: (text) => nationalIdsIn(text, check).length > 0,
    endOfDay: (date) => endOfDay(date, desk.zone),
    now: desk.clock.now().toISOString(),
  };
}

/** What the finished job would lack, where the cells themselves do not say it already. */
function lacking(template: Job, spec: JobSpec, issues: readonly RowIssue[]): readonly RowIssue[] {
  if (issues.length > 0) return [];
  return missing({ spec, documents: template.documents }).map(({ code, of: id }) => {
    const signer = spec.signers.find((one) => one.id === id);
    return {
      code: 'lacks',
      column: null,
      detail: { what: code, name: signer?.name ?? '' },
    };
  });
}

function labelOf({ title, signers }: JobSpec): string {
  const name = signers.find((signer) => signer.name.trim() !== '')?.name ?? '';
  return [title, name].filter((text) => text !== '').join(' – ');
}

/** A failure that is of the machine and not of a row. */
export function stops(code: string): boolean {
  return (
    /^archive\./.test(code) ||
    /^seal\./.test(code) ||
    ['task.cancelled', 'posten.off'].includes(code)
  );
}

export function refusedList(code: string): Refusal {
  return new Refusal(code, 'The list cannot be made into jobs.');
}
