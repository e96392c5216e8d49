/** Opens the databases of a backup for reading: nothing is written, not even beside them. */
import type { Clock, Random } from '../core/ports.ts';
import { subkey } from './box.ts';
import { type Db, openDatabase } from './database.ts';
import { createDocuments } from './documents.ts';
import { createEvents } from './events.ts';
import { createKeyring } from './keyring.ts';
import type { Layout } from './layout.ts';
import { createStaging } from './staging.ts';
import type { VerifyParts } from './verify.ts';

export interface Copy extends VerifyParts {
  close(): void;
}

export function openCopy(
  layout: Layout,
  ports: { readonly key: Uint8Array; readonly clock: Clock; readonly random: Random },
): Copy {
  const { key, clock, random } = ports;
  const opened: Db[] = [];
  const keep = (file: string, which: string) => {
    const db = openDatabase(file, subkey(key, which), { readonly: true });
    opened.push(db);
    return db;
  };
  const close = () => {
    for (const db of opened) db.close();
  };
  try {
    const keyring = createKeyring(keep(layout.keyring, 'keyring'), clock, random);
    const db = keep(layout.archive, 'archive');
    const events = createEvents(db, keyring, random);
    const documents = createDocuments(db, layout, createStaging(layout, 'copy'), keyring, random);
    return { db, layout, keyring, events, documents, close };
  } catch (error) {
    close();
    throw error;
  }
}
