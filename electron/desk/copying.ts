/**
 * A job as a copy of another: `job.duplicate`, a template made of a job, a job made of a template. The
 * documents are taken as they came (revision 0), so nothing that was signed goes along. In the worker.
 */
import { copiedSpec } from '../../shared/job/copy.ts';
import type { Job, JobDocument, JobSpec } from '../../shared/job/job.ts';
import { homeUnit, unitsOf, type Audience } from '../../shared/job/visibility.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { StagedDocument } from '../archive/archive.ts';
import { daysAfter, daysBetween } from './calendar.ts';
import { jobOr, newId, perform, type Act, type Desk } from './desk.ts';
import { checkNationalIds } from './national-id.ts';

export interface CopyInput {
  readonly job: string;
  readonly as: 'job' | 'template';
  /** `clear`: roles stay, persons do not. */
  readonly people: 'keep' | 'clear';
}

export async function copyJob(
  desk: Desk,
  input: CopyInput,
  act: Act,
): Promise<Result<{ job: string; version: number }>> {
  const found = jobOr(desk, input.job);
  if (!found.ok) return found;
  const from = found.value;
  const id = newId(desk);
  const made: { staged: StagedDocument; document: JobDocument; old: string }[] = [];
  const drop = () => made.forEach(({ staged }) => desk.archive.unstage(staged));
  try {
    for (const [index, document] of cameDocuments(from).entries()) {
      act.progress({ step: 'copy', done: index, total: from.documents.length });
      const source = desk.archive.source(document.id, 0);
      if (!source.ok) return (drop(), source);
      const staged = desk.archive.stage(id, source.value, act.progress);
      source.value.close();
      if (!staged.ok) return (drop(), staged);
      const copy = { ...document, id: staged.value.id };
      made.push({ staged: staged.value, document: copy, old: document.id });
    }
    const spec = specOf(desk, from, input, new Map(made.map((one) => [one.old, one.staged.id])));
    const ids = made.map(({ document }) => document.id);
    const titles = Object.fromEntries(made.map(({ document }) => [document.id, document.title]));
    const numbers = checkNationalIds(desk, spec, titles);
    if (!numbers.ok) return (drop(), numbers);
    const done = perform(
      desk,
      id,
      act.actor,
      [
        {
          ...{ type: 'create', spec: { ...spec, fields: [] }, madeFrom: { job: from.id } },
          audience: audienceOf(desk, from, input, act.actor),
          ...(input.as === 'template' ? { template: true } : {}),
        },
        ...made.map(({ document }) => ({ type: 'add-document' as const, document })),
        { type: 'edit', spec, titles, order: ids },
      ],
      {
        on: null,
        documents: made.map(({ staged }) => staged),
        outbox: ids.map((document) => ({ topic: 'text', body: { job: id, document } })),
      },
    );
    if (!done.ok) drop();
    return done.ok ? ok({ job: id, version: done.value.version }) : done;
  } catch (error) {
    drop();
    throw error;
  }
}

/** What came back from a remote service is a result of that job, not one of its documents. */
function cameDocuments(job: Job): readonly JobDocument[] {
  const results = new Set(job.remote?.results.map(({ document }) => document) ?? []);
  return job.documents.filter(({ id }) => !results.has(id));
}

function specOf(
  desk: Desk,
  from: Job,
  { as, people }: CopyInput,
  documents: ReadonlyMap<string, string>,
): JobSpec {
  const fresh = () => newId(desk);
  const copied = copiedSpec(
    from.spec,
    { signer: fresh, field: fresh, documents },
    people === 'keep',
  );
  const { deadlineDays, ...spec } = copied;
  if (as === 'template') {
    const days =
      deadlineDays ??
      (spec.deadline === null ? undefined : daysBetween(from.createdAt, spec.deadline));
    return { ...spec, deadline: null, ...(days === undefined ? {} : { deadlineDays: days }) };
  }
  const now = desk.clock.now();
  if (deadlineDays !== undefined)
    return { ...spec, deadline: daysAfter(now, deadlineDays, desk.zone) };
  const { deadline } = spec;
  return { ...spec, deadline: deadline !== null && deadline > now.toISOString() ? deadline : null };
}

/** A copy is seen by whom the original is seen by; a job made of a template, by the maker's unit. */
function audienceOf(desk: Desk, from: Job, { as }: CopyInput, actor: string): Audience {
  if (from.template !== true || as === 'template') return from.audience;
  return { unit: unitOf(desk, actor), only: null };
}

export function unitOf(desk: Pick<Desk, 'archive'>, actor: string): string {
  return unitsOf(desk.archive.users().find(({ id }) => id === actor) ?? {})[0] ?? homeUnit;
}

/** A template by its id; anything else is refused. */
export function templateOr(desk: Pick<Desk, 'archive'>, id: string): Result<Job> {
  const job = desk.archive.job(id);
  if (job === null || job.template !== true || job.state !== 'draft')
    return fail('template.unknown', 'There is no such template.');
  return ok(job);
}
