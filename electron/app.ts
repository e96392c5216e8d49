/**
 * The composition root: ports in, router out. Imports no Electron; both hosts and the command line
 * call it. It starts locked: nothing of the archive is readable before somebody has signed in.
 */
import { uptime } from 'node:os';
import { ok } from '../shared/result.ts';
import type { HostEvent } from '../shared/rpc/transport.ts';
import { openFileSource } from './adapters/file-source.ts';
import { forkCardProcess } from './adapters/fork-card-process.ts';
import { interFonts } from './adapters/fonts.ts';
import { machineStore } from './adapters/machine-store.ts';
import { nodeCrypto } from './adapters/node-crypto.ts';
import { nodeRandom } from './adapters/node-random.ts';
import { sweepProcessFolders } from './adapters/process-folder.ts';
import { systemClock } from './adapters/system-clock.ts';
import { createWorkThreads } from './adapters/work-threads.ts';
import type { Random } from './core/ports.ts';
import { createBackground } from './desk/background.ts';
import { createFolderService } from './desk/folder-service.ts';
import { createOfficeCards } from './desk/open-cards.ts';
import { createLooks } from './desk/looks.ts';
import { officeStaging } from './desk/office-files.ts';
import { createOpenDesk } from './desk/open-desk.ts';
import { createLogins, type Logins } from './desk/logins.ts';
import type { RunWork } from './desk/long-work.ts';
import { createPostenService } from './desk/posten-service.ts';
import { createVisits, type Visits } from './desk/service-visits.ts';
import { leaseTime } from './desk/hand-over.ts';
import { createScreenService } from './desk/screen-service.ts';
import { createSessionDesk } from './desk/session.ts';
import type { AppPorts } from './app-ports.ts';
import { createHandlers } from './handlers.ts';
import { authorize, authorizeCall, viewerOf, type Lookup } from './rpc/authorize.ts';
import type { Documents } from './rpc/document-response.ts';
import { createCounts } from './rpc/counts.ts';
import { createEvents, type Events } from './rpc/events.ts';
import { createRouter, type Router } from './rpc/router.ts';
import { createSessions, type Sessions, type Standing } from './rpc/sessions.ts';
import { createUploads, type Uploads } from './rpc/uploads.ts';
import { version } from './version.ts';

export type { AppPorts } from './app-ports.ts';

export interface App {
  readonly router: Router;
  readonly sessions: Sessions;
  /** Who is at a client now: whoever was put out, or has left the desk alone for long, is not. */
  standingOf(client: string): Standing;
  readonly documents: Documents;
  readonly uploads: Uploads;
  readonly events: Events;
  readonly logins: Logins;
  readonly visits: Visits;
  readonly random: Random;
  /** A client's page died or went away: whoever was signing there is handed back, nothing is confirmed. */
  lost(client: string): void;
  /** Hands back what kiosks that are gone held, and locks desks that nobody is at; a timer does it, too. */
  tendScreens(): void;
  /** The client is gone for good: its window is closed, its cookie forgotten. */
  closeClient(client: string): void;
  close(): Promise<void>;
}

export function createApp(ports: AppPorts): App {
  const { home, host } = ports;
  const clock = ports.clock ?? systemClock;
  const random = ports.random ?? nodeRandom;
  const zone = ports.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const log = ports.log ?? ((line: string) => console.error(line));
  const sessions = createSessions(random);
  const uploads = createUploads(home, random);
  sweepProcessFolders(officeStaging(home));
  const work = createWorkThreads({
    script: ports.worker ?? workerScript(),
    ...{ home, zone, version },
    clockOffset: () => clock.now().getTime() - Date.now(),
  });
  // The table in long-work.ts types what the threads answer.
  const run = ((name, input, options) =>
    work.run(name, input, { ...options, actor: options.actor ?? 'system' })) as RunWork;
  const lookup: Lookup = {
    job(id) {
      const desk = door.get();
      return desk.ok ? desk.value.archive.job(id) : null;
    },
    jobOf(document) {
      const desk = door.get();
      return desk.ok ? desk.value.archive.jobOf(document) : null;
    },
  };
  const events = createEvents({
    ...{ sessions, lookup },
    onGone: (client) => session.handBack(client, 'lost'),
    awayFor: (client) => Math.max(logins.awayFor(client), visits.awayFor(client)),
  });
  const visits = createVisits({
    host: ports.loginHost ?? null,
    changed(client) {
      const standing = sessions.standing(client);
      if (standing.state === 'signer') emit({ type: 'job.changed', job: standing.job });
      posten.wake();
    },
  });
  const logins = createLogins({
    ...{ clock, loopback: ports.eid?.loopback ?? false, host: ports.loginHost ?? null },
    patience: ports.eid?.patience ?? 10_000,
    limit: ports.eid?.limit ?? 5 * 60_000,
    changed(client) {
      const standing = sessions.standing(client);
      if (standing.state === 'signer') emit({ type: 'job.changed', job: standing.job });
      else
        events.emitTo(client, {
          type: standing.state === 'visitor' ? 'session.changed' : 'settings.changed',
        });
    },
  });
  const counts = createCounts(() => {
    const desk = door.get();
    if (!desk.ok) return;
    const { archive } = desk.value;
    events.emitFor((standing) => {
      const viewer = viewerOf(standing);
      return viewer === null ? null : { type: 'counts', counts: archive.counts(viewer) };
    });
  });
  const emit = (event: HostEvent) => {
    events.emit(event);
    if (event.type === 'job.changed' || event.type === 'archive.changed') counts.soon();
  };
  const background = createBackground({
    run,
    emit,
    log,
    active: ports.background !== false,
    screensEvery: leaseTime / 3,
    tendScreens: () => tendScreens(),
    archiveChanged() {
      session.attendAll();
      if (door.refreshProfile()) emit({ type: 'settings.changed' });
    },
  });
  const store = machineStore(ports.secrets ?? null);
  const active = ports.background !== false;
  const milliseconds = ports.uptime ?? (() => uptime() * 1000);
  const posten = createPostenService({
    ...{ home, store, run, emit, log, active, uptime: milliseconds },
  });
  const folder = createFolderService({
    ...{ run, emit, log, active, uptime: milliseconds },
    followUp({ sent }) {
      background.followUp();
      if (sent) posten.wake();
    },
  });
  const screensChanged = () => emit({ type: 'screens.changed' });
  const screenService = createScreenService({
    ...{ network: ports.screenNetwork ?? null, changed: screensChanged, log },
    pairing: () => session.pairing,
    screens: () => session.screens,
  });
  const door = createOpenDesk({
    ...{ home, clock, random, zone, version, crypto: nodeCrypto, fonts: interFonts, work },
    store,
    onOpen(desk, key) {
      background.start(desk, key);
      posten.start(desk);
      folder.start(desk);
      screenService.start(desk);
    },
    onLock() {
      background.stop();
      posten.stop();
      folder.stop();
      screenService.stop();
    },
  });
  const cards = createOfficeCards({
    ...{ spawn: forkCardProcess, door, clock },
    ...ports.cards,
    onChanged: () => emit({ type: 'cards.changed' }),
  });
  const session = createSessionDesk({
    ...{ door, sessions, run, clock, random, host, version, log },
    uptime: milliseconds,
    locksItself: active,
    jobChanged: (job) => emit({ type: 'job.changed', job }),
    cardSupport: () => cards.supported(),
    kiosks: {
      ...{ host: ports.screenHost ?? null, lookup },
      isListening: (client) => events.isListening(client),
      changed: screensChanged,
      keyPin: () => screenService.keyPin(),
    },
  });
  const tendScreens = () => {
    session.attendAll();
    session.tendKiosks();
    session.screens.tend();
    screenService.tend();
  };
  sessions.onChange((client) => {
    events.emitTo(client, { type: 'session.changed' });
    // A login is for whoever began it.
    logins.forget(client);
    visits.end(client);
    // What a client had dropped on the window is not for whoever comes next.
    if (sessions.standing(client).state !== 'operator') uploads.dropAll(client);
  });
  const looks = createLooks(door, sessions);
  const handlers = createHandlers({
    ...{
      door,
      session,
      run,
      emit,
      events,
      uploads,
      background,
      cards,
      logins,
      looks,
      posten,
      folder,
      visits,
      screenService,
    },
    cancel: (task) => work.cancel(task),
  });
  const documents: Documents = {
    open(client, document, revision) {
      const standing = standingOf(client);
      if (document.startsWith('upload:')) {
        const path = uploads.path(client, document.slice('upload:'.length));
        return path.ok ? openFileSource(path.value) : path;
      }
      const desk = door.get();
      if (!desk.ok) return desk;
      const { archive } = desk.value;
      if (!authorize(standing, document, revision, lookup))
        return { ok: false, error: { code: 'rpc.forbidden', message: 'Not for this session.' } };
      const job = archive.jobOf(document);
      if (job !== null) looks.looked(client, standing, job);
      return archive.source(document, revision);
    },
  };
  /** As the archive knows the user at this moment, and as the clock does. */
  const standingOf = (client: string) => {
    session.attend(client);
    return sessions.standing(client);
  };
  door.openWithStore();
  return {
    router: createRouter({
      ...{ handlers, standing: standingOf, log },
      refused: ({ client, standing }, method) => looks.refused(client, standing, method),
      // Nobody has signed in: the handler says so.
      authorize: (standing, input) =>
        door.get().ok ? authorizeCall(standing, input, lookup) : ok(null),
    }),
    ...{ standingOf, sessions, documents, uploads, events, logins, visits, random },
    tendScreens,
    lost: (client) => session.handBack(client, 'lost'),
    closeClient: (client) => session.closed(client),
    async close() {
      background.stop();
      counts.stop();
      cards.close();
      logins.close();
      visits.close();
      posten.stop();
      folder.stop();
      events.close();
      for (const client of sessions.clients()) session.closed(client);
      await work.close();
      door.lock();
      uploads.close();
    },
  };
}

/** Beside this file: TypeScript as it is written, JavaScript where the program has been bundled. */
function workerScript(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
}
