/** What comes after signing: seal, export, verify, keep. */
import * as exportsDesk from '../desk/exports.ts';
import * as jobs from '../desk/jobs.ts';
import type { VerifyInput } from '../desk/verification.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { viewerOf } from '../rpc/authorize.ts';
import type { Handlers } from '../rpc/router.ts';
import { rolesOf } from '../rpc/sessions.ts';
import type { HandlerKit } from './kit.ts';

export function keepingHandlers(kit: HandlerKit) {
  const { run, emit, uploads, at, options, jobChanged } = kit;
  /** A dropped file by where it lies, or a document of the archive. */
  function subjectOf(
    client: string,
    input: Omit<ParsedOf<'verify.document'>, 'task'>,
  ): Result<VerifyInput> {
    if ('document' in input) return ok(jobs.given(input) as VerifyInput);
    const { upload, ...rest } = input as { readonly upload: string };
    const path = uploads.path(client, upload);
    return path.ok ? ok({ ...jobs.given(rest), path: path.value } as VerifyInput) : path;
  }
  return {
    'sealing.seal': async ({ task, ...input }, caller) => {
      const result = await run('sealing.seal', input, options(caller, task, 'background'));
      if (result.ok) emit(jobChanged(input));
      return result;
    },
    'sealing.renew': async ({ task, ...input }, caller) => {
      const result = await run('sealing.renew', input, options(caller, task, 'background'));
      if (result.ok) emit(jobChanged(input));
      return result;
    },
    'export.save': async ({ task, ...input }, caller) => {
      if (input.complete === true && !rolesOf(caller.standing).includes('records'))
        return fail('rpc.forbidden', 'Only a records manager takes out the complete record.');
      const work = jobs.given(input);
      const result = await run('export.save', work, options(caller, task, 'background'));
      if (result.ok) for (const { job } of result.value.jobs) emit(jobChanged({ job }));
      return result;
    },
    'export.takenOver': at(exportsDesk.takeOver, () => ({ type: 'archive.changed' })),
    'verify.document': async ({ task, ...input }, caller) => {
      const work = subjectOf(caller.client, input);
      return work.ok
        ? run('verify.document', work.value, options(caller, task, 'background'))
        : work;
    },
    'verify.report': async ({ task, language, ...input }, caller) => {
      const work = subjectOf(caller.client, input);
      if (!work.ok) return work;
      return run('verify.report', { ...work.value, language }, options(caller, task, 'background'));
    },

    'archive.verify': ({ task }, caller) =>
      run('archive.verify', {}, options(caller, task, 'background')),
    'archive.stats': at((desk, _input, _actor, { standing }) => {
      const viewer = viewerOf(standing);
      const stats = desk.archive.stats();
      const jobs = viewer === null ? stats.jobs : desk.archive.counts(viewer);
      return { ok: true, value: { ...stats, jobs } };
    }),

    'task.cancel': ({ task }, caller) => {
      kit.cancel(`${caller.client} ${task}`);
      return { ok: true, value: null };
    },
  } satisfies Partial<Handlers>;
}
