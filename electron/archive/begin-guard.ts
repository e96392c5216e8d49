/**
 * What guards an archive begins once: with a new one, with one of an older schema, with one made out
 * of a backup. Never again after that, or whoever took the guards away would be given new ones.
 */
import { officeJob } from '../../shared/office-event.ts';
import type { Json } from '../../shared/result.ts';
import type { Random } from '../core/ports.ts';
import { commit } from './commitment.ts';
import { type Db, inTransaction } from './database.ts';
import type { Events } from './events.ts';
import type { HeadWitness } from './head-witness.ts';
import type { Office } from './office.ts';
import type { RowMacs } from './row-macs.ts';
import type { User } from './archive.ts';

export interface GuardParts {
  readonly db: Db;
  readonly keyringDb: Db;
  readonly macs: RowMacs;
  readonly keyringMacs: RowMacs;
  readonly events: Events;
  readonly office: Office;
  readonly witness: HeadWitness;
  readonly random: Random;
  readonly restored: boolean;
}

export function beginGuard(parts: GuardParts): void {
  const { db, keyringDb, macs, keyringMacs, events, witness, restored } = parts;
  // The office of every archive that was in use has said something; only then are guards due.
  const isNew = () => events.version(officeJob) === 0;
  const fresh = isNew();
  if (fresh) {
    for (const [one, of] of [
      [keyringMacs, keyringDb],
      [macs, db],
    ] as const)
      if (!one.isSettled())
        inTransaction(of, () => {
          // Another process may have been faster.
          if (!one.isSettled() && isNew()) one.settle();
        });
    tellWhatStands(parts, isNew);
  }
  if (restored || (fresh && witness.read() === null)) witness.begin(events.head());
}

/** Settings and users from before the office had a log are told in it as they stand. */
function tellWhatStands({ db, office, random }: GuardParts, isNew: () => boolean): void {
  const rows = (sql: string) => db.prepare<[], { name: string; value: string }>(sql).all();
  const settings = rows('SELECT key AS name, value FROM setting');
  const users = rows('SELECT id AS name, value FROM user');
  if (settings.length + users.length === 0) return;
  office.noting('system', (note) => {
    if (!isNew()) return;
    for (const { name: key, value } of settings)
      note({ type: 'setting-changed', key, ...commit(JSON.parse(value) as Json, random) });
    for (const { name: user, value } of users) {
      const json = JSON.parse(value) as Json;
      const { roles, active } = json as unknown as User;
      note({ type: 'user-changed', user, roles, active, ...commit(json, random) });
    }
  });
}
