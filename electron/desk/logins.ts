/**
 * The logins that are under way: who waits for which answer, for how long. An answer belongs to one
 * `state`, which counts once. Bound to no job: what comes of it is for `settle` to say.
 */
import type { Language } from '../../shared/job/job.ts';
import type { AssuranceLevel } from '../../shared/job/proof.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import type { EidCheck, LoginView } from '../../shared/rpc/views-eid.ts';
import type { Clock } from '../core/ports.ts';
import type { OpenLogin } from '../eid/login/begin-login.ts';
import type { FinishedLogin } from '../eid/login/finish-login.ts';
import type { LoginProvider } from '../eid/login/provider.ts';
import { createOnce } from './once.ts';

/** What shows a provider's pages and brings its answer back; each host has its own. */
export interface LoginHost {
  /** Null `go`: the host shows the pages itself; else the page that asked goes there. */
  show(login: ShownLogin): Promise<Result<{ readonly go: string | null }>>;
  /** Nobody waits for this answer any more. */
  hide(state: string): void;
}

export interface ShownLogin {
  readonly client: string;
  readonly state: string;
  readonly url: string;
  readonly redirectUri: string;
  readonly loggedOutUri: string;
  /** Plain http on this machine is meant: a provider of the tests. */
  readonly loopback: boolean;
  /** The remote signing service's pages: its exits lie under `redirectUri` (`service-visits.ts`). */
  readonly service?: true;
}

export interface LoginRequest {
  readonly client: string;
  readonly provider: LoginProvider;
  readonly level: AssuranceLevel;
  readonly language: Language;
  /** The fixed port of the address that the provider has registered. */
  readonly port: number;
  /**
   * Once: the verified person, or why not. What it refuses is shown to whoever logged in. It is not
   * called for a login that was given up or took too long.
   */
  settle(outcome: Result<FinishedLogin>): Result<unknown> | Promise<Result<unknown>>;
}

/** Where the browser goes when the answer has been taken. */
export interface Answered {
  readonly client: string;
  /** The provider's own logout, which comes back by itself; null: straight back. */
  readonly logout: string | null;
}

export interface Logins {
  begin(request: LoginRequest): Promise<Result<{ readonly go: string | null }>>;
  /** Refuses `eid.state` and `eid.state-used`: nobody waits for such an answer, so nobody hears of it. */
  answer(address: URL): Promise<Result<Answered>>;
  /** What is wrong with a provider, without a login. */
  check(provider: LoginProvider, port: number): Promise<readonly EidCheck[]>;
  /** Whether a state was ours and has had its answer, so that its browser may be sent home. */
  isEnded(state: string): boolean;
  /** The browser of this state is back at our own page. */
  returned(state: string): void;
  cancel(client: string): void;
  view(client: string): LoginView;
  /** Milliseconds that the client may still be away at a provider; 0 for nobody. */
  awayFor(client: string): number;
  /** The client is another's now. A browser that is on its way back still finds its way home. */
  forget(client: string): void;
  close(): void;
}

export interface LoginsPorts {
  readonly clock: Clock;
  readonly host: LoginHost | null;
  readonly loopback: boolean;
  /** Milliseconds for one answer of a provider, and for a whole login. */
  readonly patience: number;
  readonly limit: number;
  readonly changed: (client: string) => void;
}

interface Entry {
  readonly request: LoginRequest;
  readonly open: OpenLogin;
  timer: NodeJS.Timeout;
  deadline: number;
  answered: boolean;
  /** Whose it was is not there any more, or is somebody by now. */
  forgotten: boolean;
}

/** Milliseconds from the way back to a page that listens. */
const arrival = 10_000;
/** Milliseconds for the provider's logout, once the answer has been taken. */
const leaving = 60_000;

export function redirectUriOf(port: number): string {
  return `http://127.0.0.1:${port}/eid/callback`;
}
export function loggedOutUriOf(port: number): string {
  return `http://127.0.0.1:${port}/eid/logged-out`;
}

export function createLogins(ports: LoginsPorts): Logins {
  const { host, loopback, patience, limit, clock, changed } = ports;
  /** One login for each client: the newest. */
  const entries = new Map<string, Entry>();
  const outcomes = new Map<string, Failure | 'given'>();
  const arriving = new Map<string, number>();
  const ended = createOnce();
  const codes = createOnce();
  const tokens = createOnce();

  function drop(client: string): void {
    const entry = entries.get(client);
    if (entry === undefined) return;
    entries.delete(client);
    clearTimeout(entry.timer);
    ended.add(entry.open.state);
    host?.hide(entry.open.state);
  }
  function isTheirs(entry: Entry): boolean {
    return entries.get(entry.request.client) === entry && !entry.forgotten;
  }
  function end(client: string, failure: Failure): void {
    drop(client);
    outcomes.set(client, failure);
    changed(client);
  }

  async function finish(entry: Entry, address: URL): Promise<Result<FinishedLogin>> {
    const code = address.searchParams.get('code');
    if (code !== null && !codes.add(code))
      return fail('eid.code-used', 'The code was used before.');
    const { finishLogin } = await import('../eid/login/finish-login.ts');
    const finished = await finishLogin(entry.open, address);
    if (finished.ok && !tokens.add(finished.value.idTokenSha256))
      return fail('eid.token-used', 'The ID token was used before.');
    return finished;
  }

  return {
    async begin(request) {
      if (host === null) return fail('eid.none', 'No e-ID is set up here.');
      const { client, provider, level, language } = request;
      drop(client);
      outcomes.delete(client);
      const redirectUri = redirectUriOf(request.port);
      const { beginLogin } = await import('../eid/login/begin-login.ts');
      const question = { level, redirectUri, language };
      const opened = await beginLogin(provider, question, { clock, loopback, patience });
      if (!opened.ok) return opened;
      const { state, url } = opened.value;
      drop(client);
      const timer = setTimeout(
        () => end(client, fail('eid.time-out', 'The login took too long.').error),
        limit,
      );
      timer.unref();
      const deadline = performance.now() + limit;
      const entry = {
        request,
        open: opened.value,
        timer,
        deadline,
        answered: false,
        forgotten: false,
      };
      entries.set(client, entry);
      const loggedOutUri = loggedOutUriOf(request.port);
      const shown = await host.show({ client, state, url, redirectUri, loggedOutUri, loopback });
      if (!shown.ok) drop(client);
      return shown;
    },

    async answer(address) {
      const state = address.searchParams.get('state') ?? '';
      const entry = [...entries.values()].find((one) => one.open.state === state);
      if (entry === undefined || entry.answered)
        return ended.has(state)
          ? fail('eid.state-used', 'The answer has been here before.')
          : fail('eid.state', 'Nobody waits for this answer.');
      entry.answered = true;
      const { client, port } = entry.request;
      ended.add(state);
      const finished = await finish(entry, address);
      // Given up, handed back or out of time while the provider was asked: nobody's any more.
      if (isTheirs(entry)) {
        clearTimeout(entry.timer);
        const settled = await entry.request.settle(finished);
        if (isTheirs(entry)) {
          outcomes.set(client, settled.ok ? 'given' : settled.error);
          changed(client);
        }
      }
      // Whoever logged in is logged out again, whatever has become of it here.
      if (!finished.ok) return ok({ client, logout: null });
      const { endSessionUrl } = await import('../eid/login/end-session.ts');
      return ok({ client, logout: endSessionUrl(entry.open, loggedOutUriOf(port)) });
    },

    async check(provider, port) {
      const { checkProvider } = await import('../eid/login/check-provider.ts');
      return checkProvider(provider, redirectUriOf(port), { clock, loopback, patience });
    },
    isEnded: (state) => ended.has(state),
    returned(state) {
      for (const [client, { open, answered }] of entries) {
        if (open.state !== state) continue;
        // Its page still has to be drawn.
        arriving.set(client, performance.now() + arrival);
        if (answered) drop(client);
      }
    },
    cancel(client) {
      const entry = entries.get(client);
      if (entry?.answered === true) drop(client);
      else if (entry !== undefined)
        end(client, fail('eid.cancelled', 'The person cancelled the login.').error);
    },
    view(client) {
      const outcome = outcomes.get(client);
      if (outcome === 'given') return { state: 'given', failure: null };
      if (outcome !== undefined) return { state: 'failed', failure: outcome };
      const entry = entries.get(client);
      return {
        state: entry !== undefined && isTheirs(entry) ? 'pending' : 'none',
        failure: null,
      };
    },
    awayFor(client) {
      const until = entries.get(client)?.deadline ?? arriving.get(client) ?? 0;
      return Math.max(0, until - performance.now());
    },
    forget(client) {
      outcomes.delete(client);
      arriving.delete(client);
      const entry = entries.get(client);
      if (entry?.answered !== true) return drop(client);
      entry.forgotten = true;
      entry.deadline = performance.now() + leaving;
      clearTimeout(entry.timer);
      entry.timer = setTimeout(() => {
        if (entries.get(client) === entry) drop(client);
      }, leaving);
      entry.timer.unref();
    },
    close() {
      for (const client of [...entries.keys()]) drop(client);
    },
  };
}
