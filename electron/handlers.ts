/** Every method of the contract and the desk function behind it. Who may call was decided before. */
import { fail, type Result } from '../shared/result.ts';
import type { HostEvent } from '../shared/rpc/transport.ts';
import type { MethodName, OutputOf, ParsedOf } from '../shared/rpc/contract.ts';
import type { WorkOptions } from './adapters/work-threads.ts';
import type { Background } from './desk/background.ts';
import type { Desk } from './desk/desk.ts';
import * as jobs from './desk/jobs.ts';
import type { RunWork } from './desk/long-work.ts';
import type { OpenDesk } from './desk/open-desk.ts';
import * as settings from './desk/settings.ts';
import type { createSessionDesk } from './desk/session.ts';
import * as signing from './desk/signing.ts';
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
  const { door, session, run, emit, events, uploads } = ports;

  /** With the open desk and the id of the operator who asks. */
  function at<M extends MethodName>(
    body: (desk: Desk, input: ParsedOf<M>, actor: string) => Result<OutputOf<M>>,
    changed?: (input: ParsedOf<M>, output: OutputOf<M>) => HostEvent | null,
  ) {
    return (input: ParsedOf<M>, caller: Caller): Result<OutputOf<M>> => {
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
  const later = () => fail('method.unavailable', 'This is not built yet.');

  return {
    'session.state': (_, caller) => ({ ok: true, value: session.view(caller.client) }),
    'session.setUp': session.setUp,
    'session.signIn': session.signIn,
    'session.resume': session.resume,
    'session.signOut': (_, caller) => session.signOut(caller),
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
      }
      return result;
    },
    'document.merge': async ({ task, ...input }, caller) => {
      const result = await run('document.merge', input, options(caller, task, 'counter'));
      if (result.ok) emit(jobChanged(input));
      return result;
    },
    'document.remove': at(jobs.removeDocument, jobChanged),

    'job.create': at(jobs.createJob, (_, { job }) => ({ type: 'job.changed', job })),
    'job.edit': at(jobs.editJob, jobChanged),
    'job.open': later,
    'job.get': at(jobs.getJob),
    'job.list': at(jobs.listJobs),
    'job.cancel': at(jobs.cancelJob, jobChanged),
    'job.extend': at(jobs.extendJob, jobChanged),
    'job.attest': at(jobs.attestJob, jobChanged),

    'signing.view': (_, caller) => withDesk(door, (desk) => signing.signingView(desk, caller)),
    'signing.confirm': (input, caller) =>
      withDesk(door, (desk) => signing.confirmSigning(desk, input, caller)),
    'signing.sign': later,
    'signing.decline': (input, caller) => {
      const result = withDesk(door, (desk) => signing.declineSigning(desk, input, caller));
      if (result.ok && caller.standing.state === 'signer')
        emit({ type: 'job.changed', job: caller.standing.job });
      return result;
    },

    'sealing.seal': later,
    'export.save': later,
    'export.takenOver': later,
    'verify.document': later,

    'settings.get': at(settings.getSettings),
    'settings.checklist': at(settings.checklist),
    'settings.organisation': at(settings.putOrganisation, settingsChanged),
    'settings.sealFromKeyFile': later,
    'settings.trialSeal': async (_, caller) => {
      const result = await run('settings.trialSeal', {}, options(caller, undefined, 'counter'));
      if (result.ok) emit(settingsChanged());
      return result;
    },
    'settings.timestamps': at(settings.putTimestamps, settingsChanged),
    'settings.checkTimestamps': later,
    'settings.trust': at(settings.putTrust, settingsChanged),
    'settings.export': at(settings.putExportFolder, settingsChanged),
    'settings.kiosk': at(settings.putKiosk, settingsChanged),
    'settings.backup': at(settings.putBackup, settingsChanged),
    'settings.backupNow': later,
    'settings.rehearse': later,
    'settings.newRecoveryCode': async ({ passphrase }, caller) =>
      run(
        'archive.newRecoveryCode',
        { user: actorOf(caller), passphrase },
        options(caller, undefined, 'counter'),
      ),
    'settings.users': at(settings.listUsers),
    'settings.addUser': later,

    'archive.verify': later,
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
