/** What comes after signing: seal, export, verify, keep. */
import * as exportsDesk from '../desk/exports.ts';
import * as jobs from '../desk/jobs.ts';
import { fail } from '../../shared/result.ts';
import { viewerOf } from '../rpc/authorize.ts';
import type { Handlers } from '../rpc/router.ts';
import { rolesOf } from '../rpc/sessions.ts';
import type { HandlerKit } from './kit.ts';

export function keepingHandlers(kit: HandlerKit) {
  const { run, emit, uploads, at, options, jobChanged } = kit;
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
      if ('document' in input)
        return run('verify.document', jobs.given(input), options(caller, task, 'background'));
      const path = uploads.path(caller.client, input.upload);
      if (!path.ok) return path;
      const { upload: _, ...rest } = input;
      const work = { ...jobs.given(rest), path: path.value };
      return run('verify.document', work, options(caller, task, 'background'));
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
