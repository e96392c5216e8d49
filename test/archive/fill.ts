/** Fills an archive with many jobs fast: whole batches in one transaction, then the views follow. */
import { createEvents, type Events } from '../../electron/archive/events.ts';
import { openDatabase, inTransaction } from '../../electron/archive/database.ts';
import { subkey } from '../../electron/archive/box.ts';
import { createKeyring } from '../../electron/archive/keyring.ts';
import { createRowMacs } from '../../electron/archive/row-macs.ts';
import { layoutOf } from '../../electron/archive/layout.ts';
import type { JobEvent } from '../../shared/job/event.ts';
import type { JobSpec } from '../../shared/job/job.ts';
import { random, type Scene, signer, spec } from './scene.ts';

const given =
  'Kari Ola Åse Bjørn Ingrid Nils Sølvi Øyvind Marte Håkon Eva Per Anne Lars Astrid'.split(' ');
const family =
  'Nordmann Hansen Johansen Olsen Ødegård Bakke Åsen Lie Berg Haugen Strand Moen Dahl'.split(' ');
const subjects =
  'Leiekontrakt Arbeidsavtale Databehandleravtale Kjøpekontrakt Vedtak Fullmakt Protokoll'.split(
    ' ',
  );

function pick<T>(from: readonly T[], index: number): T {
  const value = from[index % from.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

function specOf(index: number): JobSpec {
  const name = (by: number) => `${pick(given, index + by)} ${pick(family, index * 7 + by)}`;
  return spec({
    title: `${pick(subjects, index)} ${index}`,
    reference: `REF-${2000 + (index % 27)}-${index}`,
    caseNumber: `2026/${index % 4000}`,
    signers: [signer('s1', name(1)), signer('s2', name(2))],
    deadline: new Date(Date.UTC(2027, index % 12, 1)).toISOString(),
  });
}

/** One in ten stays a draft, the others are opened, some of them stopped. */
function eventsOf(index: number): readonly JobEvent[] {
  const created: JobEvent = { type: 'created', spec: specOf(index) };
  if (index % 10 === 0) return [created];
  const opened: JobEvent = { type: 'opened', revisions: [], fieldNames: {}, seal: null };
  if (index % 7 === 0) return [created, opened, { type: 'cancelled', reason: 'feil' }];
  return [created, opened];
}

/** Appends `count` jobs `<prefix>0`… to a closed archive; opening it makes the views. */
export function fillArchive(scene: Scene, count: number, prefix = 'fill-'): void {
  const layout = layoutOf(scene.home);
  const keyringDb = openDatabase(layout.keyring, subkey(scene.key, 'keyring'));
  const db = openDatabase(layout.archive, subkey(scene.key, 'archive'));
  const keyring = createKeyring(
    keyringDb,
    scene.clock,
    random,
    createRowMacs(keyringDb, 'keyring', subkey(scene.key, 'keyring rows')),
  );
  const events = createEvents(db, keyring, random);
  for (let from = 0; from < count; from += 5_000) {
    const to = Math.min(count, from + 5_000);
    inTransaction(keyringDb, () => {
      for (let index = from; index < to; index++) keyring.keyFor(`${prefix}${index}`);
    });
    inTransaction(db, () => {
      for (let index = from; index < to; index++) putJob(events, `${prefix}${index}`, index);
    });
  }
  db.close();
  keyringDb.close();
}

function putJob(events: Events, job: string, index: number): void {
  eventsOf(index).forEach((event, place) => {
    const at = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString();
    events.put(events.head(), { job, version: place + 1, at, actor: 'u1' }, event);
  });
}
