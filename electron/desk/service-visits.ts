/**
 * Signers of the direct flow who are at the service's own pages: whose browser is away, for which job, and
 * that it came back. What came of it the queue tells; the way back says only where the signer was sent.
 */
import { fail, type Result } from '../../shared/result.ts';
import type { ServiceVisitView } from '../../shared/rpc/views-posten.ts';
import type { LoginHost } from './logins.ts';

export type VisitOutcome = NonNullable<ServiceVisitView['outcome']>;

export interface Visits {
  begin(visit: {
    readonly client: string;
    /** What the exit addresses of the job carry. */
    readonly reference: string;
    readonly url: string;
    readonly port: number;
  }): Promise<Result<{ readonly go: string | null }>>;
  /** The service sent the browser home; false where nobody of ours is away with this reference. */
  answer(address: URL): boolean;
  /** Whether this was a visit of ours, so that its browser may be sent home. */
  isKnown(reference: string): boolean;
  view(client: string): ServiceVisitView;
  /** Milliseconds that the client may still be away; 0 for nobody. */
  awayFor(client: string): number;
  end(client: string): void;
  close(): void;
}

interface Visit {
  readonly client: string;
  readonly reference: string;
  readonly until: number;
  outcome: VisitOutcome | null;
}

/** Reading and signing there is not hurried; the kiosk is guarded by its clerk. */
const longest = 30 * 60_000;
const outcomes: Readonly<Record<string, VisitOutcome>> = {
  ferdig: 'done',
  avvist: 'rejected',
  feil: 'error',
};

export function exitOf(port: number, reference: string): string {
  return `http://127.0.0.1:${port}/posten/${reference}`;
}

/** The job and where the service sent its signer; null for an address that is no exit of ours. */
export function exitIn(
  address: URL,
): { readonly reference: string; readonly outcome: VisitOutcome } | null {
  const [, reference = '', end = ''] =
    /^\/posten\/([a-p]{32}-\d{1,4})\/(ferdig|avvist|feil)$/.exec(address.pathname) ?? [];
  const outcome = outcomes[end];
  return outcome === undefined ? null : { reference, outcome };
}

export function createVisits(ports: {
  readonly host: LoginHost | null;
  readonly changed: (client: string) => void;
}): Visits {
  const { host, changed } = ports;
  const visits = new Map<string, Visit>();

  function drop(client: string): void {
    const visit = visits.get(client);
    if (visit === undefined) return;
    visits.delete(client);
    host?.hide(visit.reference);
  }
  const find = (reference: string) =>
    [...visits.values()].find((visit) => visit.reference === reference);

  return {
    async begin({ client, reference, url, port }) {
      if (host === null) return fail('posten.no-window', 'No page can be shown here.');
      drop(client);
      const visit = { client, reference, until: performance.now() + longest, outcome: null };
      visits.set(client, visit);
      const exit = exitOf(port, reference);
      const shown = await host.show({
        ...{ client, url, state: reference, redirectUri: exit, loggedOutUri: exit },
        ...{ loopback: false, service: true },
      });
      if (!shown.ok) drop(client);
      return shown;
    },
    answer(address) {
      const exit = exitIn(address);
      const visit = exit === null ? undefined : find(exit.reference);
      if (exit === null || visit === undefined) return false;
      visit.outcome = exit.outcome;
      host?.hide(visit.reference);
      changed(visit.client);
      return true;
    },
    isKnown: (reference) => find(reference) !== undefined,
    view(client) {
      const visit = visits.get(client);
      if (visit === undefined) return { state: 'none', outcome: null };
      return { state: visit.outcome === null ? 'away' : 'back', outcome: visit.outcome };
    },
    awayFor(client) {
      const visit = visits.get(client);
      return visit === undefined ? 0 : Math.max(0, visit.until - performance.now());
    },
    end: drop,
    close() {
      for (const client of [...visits.keys()]) drop(client);
    },
  };
}
