/** Every method of the contract and the desk function behind it. Who may call was decided before. */
import { fail, ok, type Result } from '../shared/result.ts';
import type { HostEvent } from '../shared/rpc/transport.ts';
import type { WorkOptions } from './adapters/work-threads.ts';
import type { Background } from './desk/background.ts';
import type { Desk } from './desk/desk.ts';
import * as exportsDesk from './desk/exports.ts';
import * as jobs from './desk/jobs.ts';
import type { RunWork } from './desk/long-work.ts';
import type { OpenDesk } from './desk/open-desk.ts';
import * as settings from './desk/settings.ts';
import type { createSessionDesk } from './desk/session.ts';
import * as signing from './desk/signing.ts';
import * as users from './desk/users.ts';
import type { Events } from './rpc/events.ts';
import type { Caller, Handlers } from './rpc/router.ts';
import type { Uploads } from './rpc/uploads.ts';

export interface HandlerPorts {
  readonly door: OpenDesk;
  readonly session: ReturnType<typeof createSessionDesk>;
  readonly run: RunWork;
  readonly cancel: (task: string) => void;
  readonly emit: (event: HostEvent) => void;
  readonly events: Pick<Events, 'emitTo'>;
  readonly uploads: Uploads;
  readonly background: Background;
}

export function createHandlers(ports: HandlerPorts): Handlers {
  const { door, session, run, emit, events, uploads, background } = ports;

  /** With the open desk and the id of the operator who asks. */
  function at<Input, Output>(
    body: (desk: Desk, input: Input, actor: string) => Result<Output>,
    changed?: (input: Input, output: Output) => HostEvent | null,
  ) {
    return (input: Input, caller: Caller): Result<Output> => {
      const desk = door.get();
      if (!desk.ok) return desk;
      const result = body(desk.value, input, actorOf(caller));
      const event = result.ok ? changed?.(input, result.value) : null;
      if (event) emit(event);
      return result;
    };
  }
  const jobChanged = (input: { readonly job: string }): HostEvent => ({
    type: 'job.changed',
    job: input.job,
  });
  const settingsChanged = (): HostEvent => {
    door.refreshProfile();
    return { type: 'settings.changed' };
  };
  const usersChanged = (): HostEvent => {
    session.attendAll();
    return settingsChanged();
  };
  function options(caller: Caller, task: string | undefined, lane: WorkOptions['lane']) {
    return {
      lane,
      actor: actorOf(caller),
      ...(task === undefined
        ? {}
        : {
            // Named by client too: nobody cancels what is not theirs.
            task: `${caller.client} ${task}`,
            progress: (state: Parameters<NonNullable<WorkOptions['progress']>>[0]) =>
              events.emitTo(caller.client, { type: 'task.progress', task, ...state }),
          }),
    };
  }

  return {
    'session.state': (_, caller) => ({ ok: true, value: session.view(caller.client) }),
    'session.setUp': session.setUp,
    'session.signIn': session.signIn,
    'session.resume': session.resume,
    'session.recover': session.recover,
    'session.signOut': (_, caller) => session.signOut(caller),
    'session.touch': (_, caller) => session.touch(caller),
    'session.lock': (_, caller) => session.lock(caller),
    'session.changePassphrase': async (input, caller) => {
      const result = await session.changePassphrase(input, caller);
      if (result.ok) events.emitTo(caller.client, { type: 'session.changed' });
      return result;
    },
    'session.changePin': session.changePin,
    'session.handOver': session.handOver,
    'session.takeBack': session.takeBack,
    'session.leave': session.leave,

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
    'document.remove': at(jobs.removeDocument, jobChanged),

    'job.create': at(jobs.createJob, (_, { job }) => ({ type: 'job.changed', job })),
    'job.edit': at(jobs.editJob, jobChanged),
    'job.open': async ({ task, ...input }, caller) => {
      const result = await run('job.open', input, options(caller, task, 'counter'));
      if (result.ok) emit(jobChanged(input));
      return result;
    },
    'job.get': at(jobs.getJob),
    'job.list': at(jobs.listJobs),
    'job.cancel': at(jobs.cancelJob, jobChanged),
    'job.extend': at(jobs.extendJob, jobChanged),
    'job.attest': at(jobs.attestJob, jobChanged),

    'signing.view': (_, caller) => withDesk(door, (desk) => signing.signingView(desk, caller)),
    'signing.confirm': (input, caller) =>
      withDesk(door, (desk) => signing.confirmSigning(desk, input, caller)),
    'signing.sign': async ({ task, shown, mark }, caller) => {
      const { standing } = caller;
      if (standing.state !== 'signer')
        return fail('rpc.forbidden', 'This session may not do that.');
      const { job, signer, clerk } = standing;
      const input = { job, signer, clerk, shown, mark };
      const result = await run('signing.sign', input, options(caller, task, 'counter'));
      if (!result.ok) return result;
      emit(jobChanged({ job }));
      if (result.value.state === 'signed') background.followUp();
      return ok({ signedAt: result.value.signedAt });
    },
    'signing.decline': (input, caller) => {
      const result = withDesk(door, (desk) => signing.declineSigning(desk, input, caller));
      if (result.ok && caller.standing.state === 'signer')
        emit({ type: 'job.changed', job: caller.standing.job });
      return result;
    },

    'sealing.seal': async ({ task, ...input }, caller) => {
      const result = await run('sealing.seal', input, options(caller, task, 'background'));
      if (result.ok) emit(jobChanged(input));
      return result;
    },
    'export.save': async ({ task, ...input }, caller) => {
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

    'settings.get': at(settings.getSettings),
    'settings.checklist': at(settings.checklist),
    'settings.organisation': at(settings.putOrganisation, settingsChanged),
    'settings.sealFromKeyFile': async (input, caller) => {
      const answer = await run(
        'settings.sealFromKeyFile',
        input,
        options(caller, undefined, 'counter'),
      );
      if (answer.ok) emit(settingsChanged());
      return answer;
    },
    'settings.trialSeal': async (_, caller) => {
      const result = await run('settings.trialSeal', {}, options(caller, undefined, 'counter'));
      if (result.ok) emit(settingsChanged());
      return result;
    },
    'settings.timestamps': at(settings.putTimestamps, () => {
      // What waited for an authority need not wait any longer.
      background.followUp();
      return settingsChanged();
    }),
    'settings.checkTimestamps': (_, caller) =>
      run('settings.checkTimestamps', undefined, options(caller, undefined, 'background')),
    'settings.trust': at(settings.putTrust, settingsChanged),
    'settings.export': at(settings.putExportFolder, settingsChanged),
    'settings.kiosk': at(settings.putKiosk, settingsChanged),
    'settings.lock': at(settings.putLock, settingsChanged),
    'settings.backup': at(settings.putBackup, settingsChanged),
    'settings.backupNow': async ({ task, ...input }, caller) => {
      const key = door.key();
      if (!key.ok) return key;
      const work = { ...jobs.given(input), key: key.value };
      const result = await run('settings.backupNow', work, options(caller, task, 'background'));
      if (result.ok) emit(settingsChanged());
      return result;
    },
    'settings.rehearse': async ({ task, ...input }, caller) => {
      const result = await run('settings.rehearse', input, options(caller, task, 'background'));
      if (result.ok) emit(settingsChanged());
      return result;
    },
    'settings.newRecoveryCode': async ({ passphrase }, caller) =>
      run(
        'archive.newRecoveryCode',
        { user: actorOf(caller), passphrase },
        options(caller, undefined, 'counter'),
      ),
    'settings.users': at(users.listUsers),
    'settings.addUser': async (input, caller) => {
      const key = door.key();
      if (!key.ok) return key;
      const work = { ...input, key: key.value };
      const result = await run('settings.addUser', work, options(caller, undefined, 'counter'));
      if (result.ok) emit(settingsChanged());
      return result;
    },
    'settings.editUser': at(users.editUser, usersChanged),
    'settings.deactivateUser': at(users.deactivateUser, usersChanged),
    'settings.reactivateUser': at(users.reactivateUser, usersChanged),
    'settings.resetPassphrase': async (input, caller) => {
      const key = door.key();
      if (!key.ok) return key;
      const work = { ...input, key: key.value };
      const asked = options(caller, undefined, 'counter');
      const result = await run('settings.resetPassphrase', work, asked);
      if (result.ok) session.putOut(input.user);
      return result;
    },

    'archive.verify': ({ task }, caller) =>
      run('archive.verify', {}, options(caller, task, 'background')),
    'archive.stats': at((desk) => ({ ok: true, value: desk.archive.stats() })),

    'task.cancel': ({ task }, caller) => {
      ports.cancel(`${caller.client} ${task}`);
      return { ok: true, value: null };
    },
  };
}

function withDesk<T>(door: OpenDesk, body: (desk: Desk) => Result<T>): Result<T> {
  const desk = door.get();
  return desk.ok ? body(desk.value) : desk;
}

/** As events name who did it. */
export function actorOf(caller: Caller): string {
  switch (caller.standing.state) {
    case 'operator':
      return caller.standing.user;
    case 'signer':
      return `signer:${caller.standing.signer}`;
    case 'visitor':
      return 'system';
  }
}
