/** Following up: another person in a signer's place, and drafts that come back. */
import { ok, type Result } from '../../shared/result.ts';
import type { SignerSpec } from '../../shared/job/job.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { jobOr, newId, perform, type Desk } from './desk.ts';
import { given, versionOf } from './jobs.ts';
import { checkNationalIds } from './national-id.ts';

export function replaceSigner(
  desk: Desk,
  { job: id, signer, reason, ...person }: ParsedOf<'job.replaceSigner'>,
  actor: string,
): Result<{ version: number; signer: string }> {
  const job = jobOr(desk, id);
  if (!job.ok) return job;
  const before = job.value.signers.find((one) => one.id === signer);
  const by: SignerSpec = {
    ...{ order: before?.order ?? 0, kind: before?.kind ?? 'simple' },
    ...{ role: before?.role ?? 'signer', onBehalfOf: before?.onBehalfOf ?? 'SELF' },
    ...given(person),
    id: newId(desk),
  };
  const numbers = checkNationalIds(desk, { ...job.value.spec, signers: [by] });
  if (!numbers.ok) return numbers;
  const command = { type: 'replace-signer', signer, by, reason: reason.trim() } as const;
  const done = perform(desk, id, actor, [command], { on: job.value });
  return done.ok ? ok({ version: done.value.version, signer: by.id }) : done;
}

export function restoreDraft(
  desk: Desk,
  { job }: ParsedOf<'job.restore'>,
  actor: string,
): Result<{ version: number }> {
  return versionOf(perform(desk, job, actor, [{ type: 'restore' }]));
}
