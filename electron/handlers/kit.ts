/** What every handler stands on: the open desk, the workers, who asks, and whom to tell. */
import type { HostEvent } from '../../shared/rpc/transport.ts';
import type { Result } from '../../shared/result.ts';
import type { WorkOptions } from '../adapters/work-threads.ts';
import type { Background } from '../desk/background.ts';
import type { Desk } from '../desk/desk.ts';
import type { FolderService } from '../desk/folder-service.ts';
import type { Logins } from '../desk/logins.ts';
import type { RunWork } from '../desk/long-work.ts';
import type { PostenService } from '../desk/posten-service.ts';
import type { Visits } from '../desk/service-visits.ts';
import type { Cards } from '../eid/card/cards.ts';
import type { ScreenService } from '../desk/screen-service.ts';
import type { Looks } from '../desk/looks.ts';
import type { OpenDesk } from '../desk/open-desk.ts';
import type { createSessionDesk } from '../desk/session.ts';
import type { Events } from '../rpc/events.ts';
import type { Caller } from '../rpc/router.ts';
import type { Uploads } from '../rpc/uploads.ts';

export interface HandlerPorts {
  readonly door: OpenDesk;
  readonly session: ReturnType<typeof createSessionDesk>;
  readonly run: RunWork;
  readonly cancel: (task: string) => void;
  readonly emit: (event: HostEvent) => void;
  readonly events: Pick<Events, 'emitTo'>;
  readonly uploads: Uploads;
  readonly background: Background;
  readonly cards: Cards;
  readonly logins: Logins;
  readonly posten: PostenService;
  readonly folder: FolderService;
  readonly visits: Visits;
  readonly screenService: ScreenService;
  readonly looks: Pick<Looks, 'looked'>;
}

export interface HandlerKit extends HandlerPorts {
  /** With the open desk and the id of the operator who asks. */
  at<Input, Output>(
    body: (desk: Desk, input: Input, actor: string, caller: Caller) => Result<Output>,
    changed?: (input: Input, output: Output) => HostEvent | null,
  ): (input: Input, caller: Caller) => Result<Output>;
  /** How a worker does it for this caller: who, on which lane, under which name it can be stopped. */
  options(caller: Caller, task: string | undefined, lane: WorkOptions['lane']): WorkOptions;
  jobChanged(input: { readonly job: string }): HostEvent;
  settingsChanged(): HostEvent;
  usersChanged(): HostEvent;
}

export function createKit(ports: HandlerPorts): HandlerKit {
  const { door, session, emit, events } = ports;
  const settingsChanged = (): HostEvent => {
    door.refreshProfile();
    return { type: 'settings.changed' };
  };
  return {
    ...ports,
    at: (body, changed) => (input, caller) => {
      const desk = door.get();
      if (!desk.ok) return desk;
      const result = body(desk.value, input, actorOf(caller), caller);
      const event = result.ok ? changed?.(input, result.value) : null;
      if (event) emit(event);
      return result;
    },
    options: (caller, task, lane) => ({
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
    }),
    jobChanged: ({ job }) => ({ type: 'job.changed', job }),
    settingsChanged,
    usersChanged: () => {
      session.attendAll();
      return settingsChanged();
    },
  };
}

export function withDesk<T>(door: OpenDesk, body: (desk: Desk) => Result<T>): Result<T> {
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
    case 'screen':
    case 'visitor':
      return 'system';
  }
}
