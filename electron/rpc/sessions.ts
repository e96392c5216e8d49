/**
 * Who stands behind each client (a window's webContents, a browser's cookie). Kept here alone and
 * never sent by the caller; handing over binds that one client to one job and one signer.
 */
import type { FirstLogin } from '../../shared/job/job.ts';
import type { Role } from '../../shared/rpc/contract-method.ts';
import type { ScreenKind } from '../../shared/rpc/views-screen.ts';
import type { Random } from '../core/ports.ts';

export type OperatorRole = Exclude<Role, 'visitor' | 'screen' | 'signer'>;

export type Standing =
  /** Nobody. `resume` is the user whose PIN brings the desk back. */
  | { readonly state: 'visitor'; readonly resume: Resume | null }
  | {
      readonly state: 'operator';
      readonly user: string;
      readonly roles: readonly OperatorRole[];
      /** Whose jobs they see (`visibility.ts`). */
      readonly units: readonly string[];
    }
  /** A kiosk at rest that is nothing else: a second screen, or a machine of its own. */
  | ({ readonly state: 'screen' } & ScreenAt)
  | {
      readonly state: 'signer';
      readonly job: string;
      readonly signer: string;
      /** The clerk who answers for the signer; where there is no keeper, only this PIN takes the machine back. */
      readonly clerk: string;
      /** Whose machine it is, where the signer began alone. */
      readonly keeper?: string;
      /** Which screen it is, where it is a kiosk alone: that is what it goes back to. */
      readonly at?: ScreenAt;
      /** What else waits for whoever began by logging in, in its order. */
      readonly next?: readonly WaitingJob[];
    };

export interface ScreenAt {
  readonly screen: string;
  readonly kind: ScreenKind;
  /** Who opened or paired it: they answer for a signer who begins there alone. */
  readonly by: string;
}

export interface WaitingJob {
  readonly job: string;
  readonly signer: string;
  /** The login as it is recorded with this job. */
  readonly login: FirstLogin;
}

export interface Resume {
  readonly user: string;
  /** A signer has left the screen, which now rests in public view; or the desk has locked itself. */
  readonly from: 'kiosk' | 'desk';
}

export interface Sessions {
  /** A new client, as a visitor; the id is for this process alone. */
  open(): string;
  /** Unknown clients are visitors: forgetting one can only take rights away. */
  standing(client: string): Standing;
  set(client: string, standing: Standing): void;
  close(client: string): void;
  clients(): readonly string[];
  /** Hears every change of standing, after it has been made. */
  onChange(listener: (client: string) => void): void;
}

export const visitor: Standing = { state: 'visitor', resume: null };

export function createSessions(random: Random): Sessions {
  const standings = new Map<string, Standing>();
  const listeners: ((client: string) => void)[] = [];
  const tell = (client: string) => {
    for (const listener of listeners) listener(client);
  };
  return {
    open() {
      const client = Buffer.from(random.bytes(16)).toString('hex');
      standings.set(client, visitor);
      return client;
    },
    standing: (client) => standings.get(client) ?? visitor,
    set(client, standing) {
      if (!standings.has(client)) return;
      standings.set(client, standing);
      tell(client);
    },
    close(client) {
      if (standings.delete(client)) tell(client);
    },
    clients: () => [...standings.keys()],
    onChange(listener) {
      listeners.push(listener);
    },
  };
}

/** Whose counter a signer who begins alone stands at; null where nobody begins alone. */
export function keeperAt(standing: Standing): { keeper: string; at?: ScreenAt } | null {
  if (standing.state === 'screen') {
    const { state: _, ...at } = standing;
    return { keeper: at.by, at };
  }
  return standing.state === 'visitor' && standing.resume?.from === 'kiosk'
    ? { keeper: standing.resume.user }
    : null;
}

/** The roles of the contract that a standing has. */
export function rolesOf(standing: Standing): readonly Role[] {
  switch (standing.state) {
    case 'visitor':
      return ['visitor'];
    case 'screen':
      return ['screen'];
    case 'operator':
      return standing.roles;
    case 'signer':
      return ['signer'];
  }
}
