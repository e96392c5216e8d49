/** What one exchange stands on, and who we are in it. */
import type { KnownOffice } from '../../shared/witness.ts';
import type { SigningKey } from '../core/ports.ts';
import type { Desk } from './desk.ts';
import { settingsOf } from './settings-store.ts';

/** What one exchange carries along; the rest is in the archive. */
export interface Exchange {
  readonly desk: Desk;
  readonly actor: string;
  readonly number: string;
  readonly archive: string;
  /** Keys with which heads of ours are signed. */
  readonly ownKeys: ReadonlySet<string>;
  /** Null where the seal, or the folder for it, has to be waited for. */
  readonly write: {
    readonly key: SigningKey;
    readonly trial: boolean;
    readonly out: string;
  } | null;
  readonly offices: Map<string, KnownOffice>;
  /** What we have countersigned, newest first; `our`: where our own log says so. */
  readonly witnessed: {
    readonly our: number;
    readonly office: string;
    readonly seq: number;
    readonly hash: string;
  }[];
}

/** What came of a file; `known`: nothing new; else the code of what is wrong with it. */
export type Taken = 'countersigned' | 'kept' | 'known' | { readonly code: string };

export function ourselves({ desk, number, archive }: Exchange, trial: boolean) {
  const { name } = settingsOf(desk.archive).get('organisation');
  return {
    office: { name, number },
    ...{ archive, trial, version: desk.version },
    at: desk.clock.now().toISOString(),
  };
}
