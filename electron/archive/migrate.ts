/** Brings a database to the newest schema. Each migration is one transaction. */
import { type Db, inTransaction, schemaOf } from './database.ts';
import { migration001 } from './migrations/001-first.ts';
import { migration002 } from './migrations/002-guarded.ts';
import { migration003 } from './migrations/003-book.ts';

export interface Migration {
  readonly number: number;
  readonly archive: string;
  readonly keyring: string;
}

/** In order; the number of each is its place. */
export const migrations: readonly Migration[] = [migration001, migration002, migration003];

export const newestSchema = migrations.length;

export function migrate(db: Db, which: 'archive' | 'keyring'): void {
  for (const migration of migrations) {
    if (schemaOf(db) >= migration.number) continue;
    inTransaction(db, () => {
      // Another process may have been faster.
      if (schemaOf(db) >= migration.number) return;
      db.exec(migration[which]);
      db.pragma(`user_version = ${migration.number}`);
    });
  }
}
