/** The small tables: settings, users, leases. They are the only ones whose rows change. */
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Json } from '../../shared/result.ts';
import type { Clock, Random } from '../core/ports.ts';
import type { User } from './archive.ts';
import { commit } from './commitment.ts';
import { type Db, inTransaction } from './database.ts';
import { isRunning } from './is-running.ts';
import type { Office } from './office.ts';
import type { RowMacs } from './row-macs.ts';

export interface Registers {
  setting(key: string): Json | undefined;
  /** The value and the office's event that says so, together; nothing where nothing changes. */
  putSetting(key: string, value: Json, actor: string): void;
  changeSetting(key: string, change: (before: Json | undefined) => Json, actor: string): void;
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
  macs: RowMacs,
  ports: { readonly clock: Clock; readonly random: Random },
  holder: string,
): Registers {
  const { clock, random } = ports;
  const selectSetting = db
    .prepare<[string], string>('SELECT value FROM setting WHERE key = ?')
    .pluck();
  const upsertSetting = db.prepare<[string, string, Uint8Array]>(
    `INSERT INTO setting (key, value, mac) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, mac = excluded.mac`,
  );
  const selectUsers = db.prepare<[], string>('SELECT value FROM user ORDER BY id').pluck();
  const selectUser = db.prepare<[string], string>('SELECT value FROM user WHERE id = ?').pluck();
  const upsertUser = db.prepare<[string, string, Uint8Array]>(
    `INSERT INTO user (id, value, mac) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET value = excluded.value, mac = excluded.mac`,
  );
  const selectLease = db.prepare<[string], { holder: string; until: number; mac: Buffer | null }>(
    'SELECT holder, until, mac FROM lease WHERE name = ?',
  );
  const upsertLease = db.prepare<[string, string, number, Uint8Array]>(
    `INSERT INTO lease (name, holder, until, mac) VALUES (?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until,
       mac = excluded.mac`,
  );
  const removeLease = db.prepare<[string]>('DELETE FROM lease WHERE name = ?');
  const settingMac = db
    .prepare<[string], Buffer | null>('SELECT mac FROM setting WHERE key = ?')
    .pluck();
  const userMac = db.prepare<[string], Buffer | null>('SELECT mac FROM user WHERE id = ?').pluck();

  const self: Registers = {
    setting(key) {
      const value = selectSetting.get(key);
      return value === undefined ? undefined : (JSON.parse(value) as Json);
    },
    changeSetting(key, change, actor) {
      inTransaction(db, () => {
        self.putSetting(key, change(self.setting(key)), actor);
      });
    },
    putSetting(key, value, actor) {
      const text = canonicalJson(value);
      if (isSame(selectSetting.get(key), text)) return;
      office.noting(actor, (note) => {
        const before = settingMac.get(key);
        if (before !== undefined) macs.drop('setting', before);
        upsertSetting.run(key, text, macs.add('setting', [key, text]));
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
        const before = userMac.get(id);
        if (before !== undefined) macs.drop('user', before);
        upsertUser.run(id, text, macs.add('user', [id, text]));
        note({ type: 'user-changed', user: id, roles, active, ...commit(value, random) });
      });
    },
    lease(name, milliseconds) {
      const now = clock.now().getTime();
      return inTransaction(db, () => {
        const before = selectLease.get(name);
        const isFree =
          before === undefined ||
          before.holder === holder ||
          before.until <= now ||
          // After a crash nobody has to wait until the dead one's lease runs out.
          !isAlive(before.holder);
        if (!isFree) return false;
        if (before !== undefined) macs.drop('lease', before.mac);
        const until = now + milliseconds;
        upsertLease.run(name, holder, until, macs.add('lease', [name, holder, until]));
        return true;
      });
    },
    releaseLease(name) {
      inTransaction(db, () => {
        const before = selectLease.get(name);
        if (before?.holder !== holder) return;
        macs.drop('lease', before.mac);
        removeLease.run(name);
      });
    },
  };
  return self;
}

function isSame(stored: string | undefined, text: string): boolean {
  return stored !== undefined && canonicalJson(JSON.parse(stored) as Json) === text;
}
