/** Templates: drafts that are never opened, in a list of their own. */
import { emptySpec } from '../../shared/job/job.ts';
import { missingOfTemplate } from '../../shared/job/missing.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { TemplateView } from '../../shared/rpc/views-templates.ts';
import { viewerOf } from '../rpc/authorize.ts';
import type { Caller } from '../rpc/router.ts';
import { unitOf } from './copying.ts';
import { newId, perform, type Desk } from './desk.ts';
import { refuseNationalId } from './national-id.ts';

export function createTemplate(
  desk: Desk,
  { title }: ParsedOf<'template.create'>,
  actor: string,
): Result<{ job: string; version: number }> {
  const refused = refuseNationalId(title, 'title');
  if (refused !== null) return refused;
  const job = newId(desk);
  const audience = { unit: unitOf(desk, actor), only: null };
  const create = {
    type: 'create',
    spec: { ...emptySpec, title },
    audience,
    template: true,
  } as const;
  const made = perform(desk, job, actor, [create], { on: null });
  return made.ok ? ok({ job, version: made.value.version }) : made;
}

const most = 500;

export function listTemplates(
  desk: Desk,
  _input: object,
  actor: string,
  { standing }: Caller,
): Result<readonly TemplateView[]> {
  const viewer = viewerOf(standing);
  if (viewer === null) return ok([]);
  const names = new Map(desk.archive.users().map(({ id, name }) => [id, name]));
  const { rows } = desk.archive.list({ tab: 'template', viewer, limit: most });
  const views = rows.flatMap(({ id }): readonly TemplateView[] => {
    const job = desk.archive.job(id);
    if (job === null) return [];
    const { spec, documents, audience, createdBy, changedAt } = job;
    return [
      {
        ...{ id, title: spec.title, changedAt, mine: createdBy === actor },
        documents: documents.map(({ title }) => title),
        roles: spec.signers.map(({ id: signer, title, name, role }) => ({
          ...{ signer, title, role },
          fixed: name.trim() !== '',
        })),
        fields: spec.fields.length,
        deadlineDays: spec.deadlineDays ?? null,
        madeBy: names.get(createdBy) ?? '',
        private: audience.only !== null,
        unit: audience.unit,
        lacks: missingOfTemplate(job).length,
      },
    ];
  });
  return ok(views.sort((one, other) => one.title.localeCompare(other.title, 'nb')));
}
