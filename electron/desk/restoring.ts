/** Documents that a draft once had, brought back. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { JobCommand } from '../../shared/job/command.ts';
import type { FieldSpec, JobDocument } from '../../shared/job/job.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { draftOr, perform, type Desk } from './desk.ts';
import { given } from './jobs.ts';
import { refuseNationalId } from './national-id.ts';

/** Back to documents that the draft once had: their files were never gone. */
export function restoreDocuments(
  desk: Desk,
  input: ParsedOf<'document.restore'>,
  actor: string,
): Result<{ version: number }> {
  const draft = draftOr(desk, input.job);
  if (!draft.ok) return draft;
  const job = draft.value;
  if (job.version !== input.version)
    return fail('job.moved', 'The job has changed since it was loaded.', { version: job.version });
  const once = new Map<string, JobDocument>();
  for (const { event } of desk.archive.events(input.job))
    if (event.type === 'document-added') once.set(event.document.id, event.document);
  const wanted = input.documents.map(({ document }) => once.get(document));
  if (wanted.some((one) => one === undefined))
    return fail('document.unknown', 'The job never had such a document.');
  for (const { title } of input.documents) {
    const refused = refuseNationalId(title, 'documentTitle');
    if (refused !== null) return refused;
  }
  const known = wanted.filter((one) => one !== undefined);
  const ids = new Set(known.map(({ id }) => id));
  const there = new Set(job.documents.map(({ id }) => id));
  const fields = input.fields.map((field) => given(field) as FieldSpec);
  const stored = perform(
    desk,
    input.job,
    actor,
    [
      ...[...there]
        .filter((id) => !ids.has(id))
        .map((document): JobCommand => ({ type: 'remove-document', document })),
      ...known
        .filter(({ id }) => !there.has(id))
        .map((document): JobCommand => ({ type: 'add-document', document })),
      {
        type: 'edit',
        spec: { ...job.spec, fields },
        titles: Object.fromEntries(input.documents.map((one) => [one.document, one.title])),
        order: [...ids],
      },
    ],
    {
      on: job,
      outbox: known
        .filter(({ id }) => !there.has(id))
        .map(({ id }) => ({ topic: 'text', body: { job: input.job, document: id } })),
    },
  );
  return stored.ok ? ok({ version: stored.value.version }) : stored;
}
