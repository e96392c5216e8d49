/** What a host, the command line or a test hands the program when it makes one. */
import type { SessionView } from '../shared/rpc/views.ts';
import type { SecretStore } from './archive/keys.ts';
import type { Clock, Random } from './core/ports.ts';
import type { LoginHost } from './desk/logins.ts';
import type { OfficeCardPorts } from './desk/open-cards.ts';
import type { ScreenNetwork } from './desk/screen-network.ts';
import type { ScreenHost } from './desk/screens.ts';

export interface AppPorts {
  /** The data folder. */
  readonly home: string;
  readonly host: SessionView['host'];
  readonly clock?: Clock;
  readonly random?: Random;
  /** Milliseconds since the machine started, by which wrong tries wait; the machine's own where absent. */
  readonly uptime?: () => number;
  /** IANA name; the machine's own where absent. */
  readonly zone?: string;
  /** One line per call, without values; to stderr where absent. */
  readonly log?: (line: string) => void;
  /** False for one command: no timers, nothing that works by itself. */
  readonly background?: boolean;
  /** The operating system's secret store; null or absent: the passphrase is the only way in. */
  readonly secrets?: Pick<SecretStore, 'wrap' | 'unwrap'> | null;
  /** How a process for a card driver is made; forked from Node where absent. */
  readonly cards?: Partial<Pick<OfficeCardPorts, 'spawn' | 'limits'>>;
  /** The worker's script; beside this file where absent. */
  readonly worker?: URL;
  /** Shows an e-ID provider's pages; without one nobody can log in. */
  readonly loginHost?: LoginHost;
  /** Opens windows that are kiosks alone; without one there is only the clerk's own. */
  readonly screenHost?: ScreenHost;
  /** Listens for kiosks that are machines of their own; without one there are none. */
  readonly screenNetwork?: ScreenNetwork;
  /** For tests: providers on this machine, other times. */
  readonly eid?: {
    readonly loopback?: boolean;
    readonly patience?: number;
    readonly limit?: number;
  };
}
