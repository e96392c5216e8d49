/** Documents and jobs, as a clerk prepares and follows them. */
import * as jobs from '../desk/jobs.ts';
import { restoreDocuments } from '../desk/restoring.ts';
import type { Handlers } from '../rpc/router.ts';
import { attestHandlers } from './attest.ts';
import { actorOf, withDesk, type HandlerKit } from './kit.ts';

export function jobHandlers(kit: HandlerKit) {
  const { run, emit, uploads, background, at, options, jobChanged } = kit;
  return {
    'document.import': async ({ upload, task, ...input }, caller) => {
      const path = uploads.path(caller.client, upload);
      if (!path.ok) return path;
      const work = { ...jobs.given(input), path: path.value };
      const result = await run('document.import', work, options(caller, task, 'counter'));
      if (result.ok) {
        uploads.drop(caller.client, upload);
        emit(jobChanged(input));
        background.followUp();
      }
      return result;
    },
    'document.merge': async ({ task, ...input }, caller) => {
      const result = await run('document.merge', input, options(caller, task, 'counter'));
      if (result.ok) emit(jobChanged(input));
      if (result.ok) background.followUp();
      return result;
    },
    'document.arrange': async ({ task, ...input }, caller) => {
      const result = await run(
        'document.arrange',
        jobs.given(input),
        options(caller, task, 'counter'),
      );
      if (result.ok) emit(jobChanged(input));
      if (result.ok) background.followUp();
      return result;
    },
    'document.restore': (input, caller) => {
      const result = withDesk(kit.door, (desk) => restoreDocuments(desk, input, actorOf(caller)));
      if (result.ok) emit(jobChanged(input));
      if (result.ok) background.followUp();
      return result;
    },
    'fields.find': ({ task, ...input }, caller) =>
      run('fields.find', input, options(caller, task, 'counter')),
    'document.remove': at(jobs.removeDocument, jobChanged),

    'job.create': at(jobs.createJob, (_, { job }) => ({ type: 'job.changed', job })),
    'job.edit': at(jobs.editJob, jobChanged),
    'job.open': async ({ task, ...input }, caller) => {
      const result = await run('job.open', input, options(caller, task, 'counter'));
      if (result.ok) emit(jobChanged(input));
      return result;
    },
    'job.get': at((desk, input, _actor, { client, standing }) => {
      const view = jobs.getJob(desk, input);
      if (view.ok) kit.looks.looked(client, standing, input.job);
      return view;
    }),
    'job.list': at(jobs.listJobs),
    'job.cancel': at(jobs.cancelJob, jobChanged),
    'job.extend': at(jobs.extendJob, jobChanged),
    ...attestHandlers(kit),
  } satisfies Partial<Handlers>;
}
