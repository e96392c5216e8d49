/** The small tables: settings, users, leases. They are the only ones whose rows change. */
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Json } from '../../shared/result.ts';
import type { Clock, Random } from '../core/ports.ts';
import type { User } from './archive.ts';
import { commit } from './commitment.ts';
import type { Db } from './database.ts';
import { isRunning } from './is-running.ts';
import type { Office } from './office.ts';

export interface Registers {
  setting(key: string): Json | undefined;
  /** The value and the office's event that says so, together; nothing where nothing changes. */
  putSetting(key: string, value: Json, actor: string): void;
  users(): readonly User[];
  putUser(user: User, actor: string): void;
  lease(name: string, milliseconds: number): boolean;
  releaseLease(name: string): void;
}

/** A name for a connection that no other has, and that says which process of this machine it is. */
export function leaseHolder(unique: string): string {
  return `${process.pid}:${unique}`;
}

/** A reused process id only means waiting. */
function isAlive(holder: string): boolean {
  const pid = Number(holder.split(':', 1)[0]);
  return !Number.isInteger(pid) || pid <= 0 || isRunning(pid);
}

/** `holder`: of `leaseHolder`. */
export function createRegisters(
  db: Db,
  office: Office,
  ports: { readonly clock: Clock; readonly random: Random },
  holder: string,
): Registers {
  const { clock, random } = ports;
  const selectSetting = db
    .prepare<[string], string>('SELECT value FROM setting WHERE key = ?')
    .pluck();
  const upsertSetting = db.prepare<[string, string]>(
    `INSERT INTO setting (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  const selectUsers = db.prepare<[], string>('SELECT value FROM user ORDER BY id').pluck();
  const selectUser = db.prepare<[string], string>('SELECT value FROM user WHERE id = ?').pluck();
  const upsertUser = db.prepare<[string, string]>(
    `INSERT INTO user (id, value) VALUES (?, ?)
     ON CONFLICT (id) DO UPDATE SET value = excluded.value`,
  );
  // One statement: taken when it is free, run out or ours, and nothing changes otherwise.
  const upsertLease = db.prepare<[string, string, number, number]>(
    `INSERT INTO lease (name, holder, until) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
     WHERE lease.holder = excluded.holder OR lease.until <= ?`,
  );
  const selectHolder = db
    .prepare<[string], string>('SELECT holder FROM lease WHERE name = ?')
    .pluck();
  const removeLease = db.prepare<[string, string]>(
    'DELETE FROM lease WHERE name = ? AND holder = ?',
  );

  return {
    setting(key) {
      const value = selectSetting.get(key);
      return value === undefined ? undefined : (JSON.parse(value) as Json);
    },
    putSetting(key, value, actor) {
      const text = canonicalJson(value);
      if (isSame(selectSetting.get(key), text)) return;
      office.noting(actor, (note) => {
        upsertSetting.run(key, text);
        note({ type: 'setting-changed', key, ...commit(value, random) });
      });
    },
    users: () => selectUsers.all().map((value) => JSON.parse(value) as User),
    putUser(user, actor) {
      const value = JSON.parse(JSON.stringify(user)) as Json;
      const text = canonicalJson(value);
      if (isSame(selectUser.get(user.id), text)) return;
      const { id, roles, active } = user;
      office.noting(actor, (note) => {
        upsertUser.run(id, text);
        note({ type: 'user-changed', user: id, roles, active, ...commit(value, random) });
      });
    },
    lease(name, milliseconds) {
      const now = clock.now().getTime();
      const take = (): boolean =>
        upsertLease.run(name, holder, now + milliseconds, now).changes > 0;
      if (take()) return true;
      const other = selectHolder.get(name);
      // After a crash nobody has to wait until the dead one's lease runs out.
      if (other === undefined || isAlive(other)) return false;
      removeLease.run(name, other);
      return take();
    },
    releaseLease: (name) => void removeLease.run(name, holder),
  };
}

function isSame(stored: string | undefined, text: string): boolean {
  return stored !== undefined && canonicalJson(JSON.parse(stored) as Json) === text;
}
