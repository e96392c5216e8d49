/** Opens the databases of an archive or of a backup for reading: nothing is written, not even beside them. */
import type { Clock, Random } from '../core/ports.ts';
import { createAnchors } from './anchors.ts';
import { subkey } from './box.ts';
import { type Db, openDatabase } from './database.ts';
import { createDocuments } from './documents.ts';
import { createEvents } from './events.ts';
import { createKeyring } from './keyring.ts';
import type { Layout } from './layout.ts';
import { createOffice } from './office.ts';
import { createRowMacs } from './row-macs.ts';
import { createStaging } from './staging.ts';
import { createTexts } from './texts.ts';
import type { VerifyParts } from './verify.ts';

export interface Copy extends VerifyParts {
  close(): void;
}

/** Of nothing that is written here. */
const noRandom: Random = { bytes: (count) => new Uint8Array(count) };
const noClock: Clock = { now: () => new Date(0) };

export function openReading(layout: Layout, key: Uint8Array): Copy {
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
    const keyringDb = keep(layout.keyring, 'keyring');
    const db = keep(layout.archive, 'archive');
    const keyringMacs = createRowMacs(keyringDb, 'keyring', subkey(key, 'keyring rows'));
    const macs = createRowMacs(db, 'archive', subkey(key, 'archive rows'));
    const keyring = createKeyring(keyringDb, noClock, noRandom, keyringMacs);
    const events = createEvents(db, keyring, noRandom);
    const staging = createStaging(layout, 'copy');
    const documents = createDocuments(db, layout, staging, keyring, noRandom, macs);
    const texts = createTexts(db, keyring, noRandom, macs);
    const office = createOffice(db, events, keyring, noClock);
    const anchors = createAnchors(db, layout, macs, office, noClock);
    const parts = { db, keyringDb, layout, keyring, events, documents, texts, anchors };
    return { ...parts, macs: [macs, keyringMacs], close };
  } catch (error) {
    close();
    throw error;
  }
}
