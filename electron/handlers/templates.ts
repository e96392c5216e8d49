/** Templates and copies. */
import { given } from '../desk/jobs.ts';
import * as templates from '../desk/templates.ts';
import { templateOr, type CopyInput } from '../desk/copying.ts';
import type { Caller, Handlers } from '../rpc/router.ts';
import { withDesk, type HandlerKit } from './kit.ts';

export function templateHandlers(kit: HandlerKit) {
  const { run, emit, background, uploads, door, at, options } = kit;
  async function copy(input: CopyInput, task: string | undefined, caller: Caller) {
    const result = await run('job.copy', input, options(caller, task, 'counter'));
    if (!result.ok) return result;
    emit({ type: 'job.changed', job: result.value.job });
    background.followUp();
    return result;
  }
  return {
    'job.duplicate': ({ task, job, people }, caller) =>
      copy({ job, people, as: 'job' }, task, caller),
    'template.list': at(templates.listTemplates),
    'template.create': at(templates.createTemplate, (_, { job }) => ({ type: 'job.changed', job })),
    'template.save': ({ task, job }, caller) =>
      copy({ job, people: 'clear', as: 'template' }, task, caller),
    'template.use': async ({ task, job }, caller) => {
      const found = withDesk(door, (desk) => templateOr(desk, job));
      return found.ok ? copy({ job, people: 'keep', as: 'job' }, task, caller) : found;
    },
    'bulk.check': async ({ task, upload, ...input }, caller) => {
      const path = uploads.path(caller.client, upload);
      if (!path.ok) return path;
      return run(
        'bulk.check',
        { ...given(input), path: path.value },
        options(caller, task, 'bulk'),
      );
    },
    'bulk.run': async ({ task, upload, ...input }, caller) => {
      const path = uploads.path(caller.client, upload);
      if (!path.ok) return path;
      const work = { ...given(input), path: path.value };
      const result = await run('bulk.run', work, options(caller, task, 'bulk'));
      if (!result.ok) return result;
      // One word for all of them: a window that heard of each would be busy with that alone.
      emit({ type: 'archive.changed' });
      background.followUp();
      if (result.value.counts.made > 0) kit.posten.wake();
      return result;
    },
  } satisfies Partial<Handlers>;
}
