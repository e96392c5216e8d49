/** `skranke job bulk TEMPLATE ROWS`: a job for each row of a list, opened; or what each row would make. */
import { Refusal } from '../../shared/result.ts';
import type { RowIssue } from '../../shared/bulk/row.ts';
import type { BulkCheck, BulkResult, BulkRow } from '../../shared/rpc/views-bulk.ts';
import { UsageError } from './console.ts';
import type { DeskClient } from './desk-client.ts';
import { exitCode } from './exit-code.ts';

interface Told {
  readonly value: BulkCheck | BulkResult;
  readonly lines: readonly string[];
  readonly code: number;
}

/** Exit code 1 where a row is faulty or was left; the others are made all the same. */
export async function bulkFromList(
  desk: DeskClient,
  template: string,
  path: string | undefined,
  how: { readonly dryRun: boolean; readonly again: boolean },
): Promise<Told> {
  if (path === undefined) throw new UsageError('job bulk takes TEMPLATE ROWS.csv');
  const job = await templateOf(desk, template);
  const { upload } = await desk.upload(path);
  if (how.dryRun) {
    const value = await desk.call('bulk.check', { job, upload });
    if (value.trouble !== null)
      throw new Refusal(value.trouble, 'No job of this template can be made now.');
    const { good, faulty, known } = value.counts;
    const summary = `${good} would be made, ${known} were made before, ${faulty} are faulty`;
    return { value, lines: [...linesOf(value.rows), summary], code: codeOf(faulty) };
  }
  const value = await desk.call('bulk.run', { job, upload, ...(how.again ? { again: true } : {}) });
  const { made, faulty, known, left } = value.counts;
  const summary = `${made} made and opened, ${known} made before, ${faulty} faulty, ${left} left`;
  return {
    value,
    lines: [...linesOf(value.rows), summary],
    code: value.stopped === null ? codeOf(faulty + left) : exitCode.outOfReach,
  };
}

function codeOf(short: number): number {
  return short === 0 ? exitCode.done : exitCode.no;
}

/** By id, or by its title where only one has it. */
async function templateOf(desk: DeskClient, wanted: string): Promise<string> {
  const templates = await desk.call('template.list', {});
  const found = templates.filter(({ id, title }) => id === wanted || title === wanted);
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new Refusal('template.unknown', 'There is no such template, or several of that name.', {
      known: templates.map(({ id }) => id),
    });
  return only.id;
}

function linesOf(rows: readonly BulkRow[]): readonly string[] {
  return rows
    .filter(({ state }) => state === 'faulty')
    .map(({ row, issues }) => `  row ${row}: ${issues.map(textOf).join(', ')}`);
}

/** Without what stands in the cell: it may be personal data. */
function textOf({ code, column, detail }: RowIssue): string {
  const what = detail?.['code'] ?? detail?.['what'];
  const where = column === null ? '' : ` in "${column}"`;
  return `${code}${typeof what === 'string' ? ` (${what})` : ''}${where}`;
}
