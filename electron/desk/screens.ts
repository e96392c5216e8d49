/**
 * Kiosks that are screens of their own: which there are, whether they answer, how far along their
 * signers are. In memory alone; which machines are paired stands in the settings (`pairing.ts`).
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { ScreenStep, ScreenView } from '../../shared/rpc/views-screen.ts';
import { authorizeJob, type Lookup } from '../rpc/authorize.ts';
import type { Caller } from '../rpc/router.ts';
import type { ScreenAt, Standing } from '../rpc/sessions.ts';
import type { createHandOver } from './hand-over.ts';
import type { Screen } from './screen.ts';

/** How a host opens a window that is a kiosk alone. */
export interface ScreenHost {
  /** `go`: the one-time address to open, where the page that asks has to do it. */
  open(client: string): Promise<Result<{ readonly go: string | null }>>;
  close(client: string): void;
}

export interface ScreenPorts {
  readonly host: ScreenHost | null;
  readonly lookup: Lookup;
  /** Whether the client hears what it is told. */
  readonly isListening: (client: string) => boolean;
  readonly changed: () => void;
}

/** A machine of its own that says nothing for so long is gone, and its signer with it. */
export const silenceLimit = 60_000;
/** One that says nothing for so long is shown as away: three reports have not come. */
const awayAfter = 16_000;

interface Known {
  readonly at: ScreenAt;
  name: string;
  readonly client: string;
  /** ISO instant, for people. */
  heardAt: string | null;
  /** Milliseconds of the machine's uptime, for the program. */
  heard: number;
  step: ScreenStep | null;
  help: boolean;
  here: boolean;
}

export type Screens = ReturnType<typeof createScreens>;

export function createScreens(
  screen: Screen,
  handOver: Pick<ReturnType<typeof createHandOver>, 'handBack'>,
  ports: ScreenPorts,
) {
  const { sessions, clock, random, uptime } = screen;
  const { host, lookup, isListening, changed } = ports;
  const known = new Map<string, Known>();

  sessions.onChange((client) => {
    const found = of(client);
    if (found === undefined) return;
    if (sessions.standing(client).state === 'visitor') known.delete(found.at.screen);
    else if (sessions.standing(client).state === 'screen') {
      found.step = null;
      found.help = false;
    }
    changed();
  });

  function of(client: string): Known | undefined {
    return [...known.values()].find((one) => one.client === client);
  }

  function isHere({ at, client, heard }: Known): boolean {
    if (!isListening(client)) return false;
    // A window's page is held back by its browser while nobody sees it; its stream is enough.
    return at.kind === 'window' || uptime() - heard < awayAfter;
  }

  /** A client that is a kiosk alone from now on. */
  function add(at: ScreenAt, name: string, client: string): void {
    const now = { heardAt: null, heard: uptime(), step: null, help: false, here: false };
    known.set(at.screen, { at, name, client, ...now });
    sessions.set(client, { state: 'screen', ...at });
  }

  function nextName(): string {
    const taken = new Set([...known.values()].map(({ name }) => name));
    for (let number = 2; ; number += 1) if (!taken.has(String(number))) return String(number);
  }

  function viewOf(one: Known, standing: Standing): ScreenView {
    const holder = sessions.standing(one.client);
    const held = holder.state === 'signer' ? holder.job : null;
    return {
      ...{ id: one.at.screen, kind: one.at.kind, name: one.name },
      ...{ here: isHere(one), heardAt: one.heardAt, help: one.help },
      holding:
        held === null
          ? null
          : { job: authorizeJob(standing, held, lookup) ? held : null, step: one.step },
    };
  }

  return {
    add,
    clientOf: (id: string): string | null => known.get(id)?.client ?? null,
    rename(id: string, name: string): void {
      const found = known.get(id);
      if (found !== undefined) found.name = name;
      changed();
    },

    list: ({ standing }: Pick<Caller, 'standing'>): readonly ScreenView[] =>
      [...known.values()]
        .map((one) => viewOf(one, standing))
        .filter((one) => one.kind === 'paired' || one.here || one.holding !== null),

    /** The client a signer can be called to; refused where nobody would see it. */
    target(id: string): Result<{ readonly client: string; readonly at: ScreenAt }> {
      const found = known.get(id);
      if (found === undefined || !isHere(found))
        return fail('screen.away', 'That screen does not answer.');
      if (sessions.standing(found.client).state !== 'screen')
        return fail('screen.busy', 'Somebody is at that screen.');
      return ok(found);
    },

    async open({
      standing,
    }: Caller): Promise<Result<{ readonly screen: string; readonly go: string | null }>> {
      if (standing.state !== 'operator')
        return fail('rpc.forbidden', 'This session may not do that.');
      if (host === null) return fail('screen.no-host', 'No window can be opened here.');
      const client = sessions.open();
      const id = Buffer.from(random.bytes(16)).toString('hex');
      add({ screen: id, kind: 'window', by: standing.user }, nextName(), client);
      const opened = await host.open(client);
      if (opened.ok) return ok({ screen: id, go: opened.value.go });
      known.delete(id);
      sessions.close(client);
      return opened;
    },

    close({ screen: id }: ParsedOf<'screen.close'>): Result<null> {
      const found = known.get(id);
      if (found === undefined || found.at.kind !== 'window')
        return fail('screen.away', 'That screen does not answer.');
      if (sessions.standing(found.client).state !== 'screen')
        return fail('screen.busy', 'Somebody is at that screen.');
      host?.close(found.client);
      return ok(null);
    },

    /** The clerk is at their own desk and has signed in there: no PIN, as at no other button of theirs. */
    takeBack({ job }: ParsedOf<'screen.takeBack'>, { standing }: Caller): Result<null> {
      if (standing.state !== 'operator')
        return fail('rpc.forbidden', 'This session may not do that.');
      const found = [...known.values()].find(({ client }) => {
        const holder = sessions.standing(client);
        return holder.state === 'signer' && holder.job === job;
      });
      if (found === undefined) return fail('screen.not-there', 'No screen has that job.');
      handOver.handBack(found.client, 'clerk', standing.user);
      return ok(null);
    },

    hear({ step, help }: ParsedOf<'screen.report'>, { client }: Caller): Result<null> {
      const found = of(client);
      if (found === undefined) return ok(null);
      const before = JSON.stringify([found.step, found.help, found.here]);
      found.heard = uptime();
      found.heardAt = clock.now().toISOString();
      const holds = sessions.standing(client).state === 'signer';
      found.step = holds ? step : null;
      found.help = holds && help;
      found.here = isHere(found);
      if (JSON.stringify([found.step, found.help, found.here]) !== before) changed();
      return ok(null);
    },

    /** Tells who has fallen silent, and takes back what a machine that is gone held. */
    tend(): void {
      for (const one of known.values()) {
        const here = isHere(one);
        if (here !== one.here) {
          one.here = here;
          changed();
        }
        const silent = uptime() - one.heard > silenceLimit;
        if (one.at.kind === 'paired' && silent && !here) handOver.handBack(one.client, 'lost');
      }
    },
  };
}
