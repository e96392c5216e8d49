/** A million events of jobs as they go, in a real archive; how long it takes to prove all of it. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { subkey } from '../../electron/archive/box.ts';
import { inTransaction, openDatabase } from '../../electron/archive/database.ts';
import { createEvents } from '../../electron/archive/events.ts';
import { createKeyring } from '../../electron/archive/keyring.ts';
import { layoutOf } from '../../electron/archive/layout.ts';
import { createArchive, openArchive } from '../../electron/archive/open-archive.ts';
import { createRowMacs } from '../../electron/archive/row-macs.ts';
import { nodeRandom as random } from '../../electron/adapters/node-random.ts';
import { systemClock as clock } from '../../electron/adapters/system-clock.ts';
import type { JobEvent } from '../../shared/job/event.ts';
import { emptySpec, type JobSpec, type SignerSpec } from '../../shared/job/job.ts';
import { unwrap } from '../../shared/result.ts';

const wanted = 1_000_000;
const perJob = 10;
const mostSeconds = 10;

function signer(id: string, name: string): SignerSpec {
  return {
    ...{ id, name, title: 'Leietaker', order: 0, kind: 'simple', role: 'signer' },
    ...{ onBehalfOf: 'SELF', language: 'nb' },
  } as const;
}

function specOf(index: number): JobSpec {
  return {
    ...emptySpec,
    title: `Leiekontrakt for kontorlokaler nummer ${index}`,
    nonSensitiveTitle: `Kontrakt ${index}`,
    description: 'Avtale om leie av lokaler med felles utgifter, strøm og renhold.',
    reference: `REF-${2000 + (index % 27)}-${index}`,
    caseNumber: `2026/${index % 4000}`,
    signers: [signer('s1', `Kari Ødegård ${index % 997}`), signer('s2', `Ola Åsen ${index % 991}`)],
    deadline: new Date(Date.UTC(2027, index % 12, 1)).toISOString(),
  };
}

/** Drafts that are worked at, opened, extended and in the end stopped; ten events. */
function eventsOf(index: number): readonly JobEvent[] {
  const spec = specOf(index);
  const edited = (times: number): JobEvent => ({
    ...{ type: 'edited', titles: {}, order: [] },
    spec: { ...spec, description: `${spec.description} Utgave ${times}.` },
  });
  const extended = (month: number): JobEvent => ({
    ...{ type: 'extended', deadline: new Date(Date.UTC(2028, month, 1)).toISOString() },
  });
  return [
    { type: 'created', spec },
    ...[1, 2, 3].map(edited),
    { type: 'opened', revisions: [], fieldNames: {}, seal: null },
    ...[1, 2, 3, 4].map(extended),
    { type: 'cancelled', reason: 'Partene ble enige om en ny avtale.' },
  ];
}

function fill(home: string, key: Uint8Array): void {
  const layout = layoutOf(home);
  const keyringDb = openDatabase(layout.keyring, subkey(key, 'keyring'));
  const db = openDatabase(layout.archive, subkey(key, 'archive'), { synchronous: 'NORMAL' });
  const macs = createRowMacs(keyringDb, 'keyring', subkey(key, 'keyring rows'));
  const keyring = createKeyring(keyringDb, clock, random, macs);
  const events = createEvents(db, keyring, random);
  const jobs = wanted / perJob;
  const atOnce = 5_000;
  for (let from = 0; from < jobs; from += atOnce) {
    inTransaction(keyringDb, () => {
      for (let index = from; index < from + atOnce; index++) keyring.keyFor(`job-${index}`);
    });
    inTransaction(db, () => {
      let head = events.head();
      for (let index = from; index < from + atOnce; index++)
        eventsOf(index).forEach((event, place) => {
          const at = new Date(Date.UTC(2026, 0, 1) + index * 60_000 + place).toISOString();
          const next = { job: `job-${index}`, version: place + 1, at, actor: 'u1' };
          const put = events.put(head, next, event);
          head = { seq: put.seq, hash: Buffer.from(put.hash, 'hex') };
        });
    });
  }
  db.close();
  keyringDb.close();
}

export async function showArchiveMillion(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-million-'));
  try {
    const home = join(folder, 'home');
    const key = random.bytes(32);
    const ports = { home, key, clock, random };
    unwrap(createArchive(ports)).close();
    let began = performance.now();
    fill(home, key);
    console.log(`${wanted} events written in ${seconds(began)} s`);
    began = performance.now();
    const archive = unwrap(openArchive(ports));
    console.log(`views made in ${seconds(began)} s`);
    const size = statSync(layoutOf(home).archive).size / 1e9;
    console.log(`archive.db ${size.toFixed(2)} GB`);
    const times: number[] = [];
    for (let run = 1; run <= 3; run++) {
      began = performance.now();
      const report = archive.verify();
      times.push(Number(seconds(began)));
      const load = loadavg()[0]?.toFixed(1) ?? '';
      console.log(`run ${run}: ${times.at(-1)} s, ${report.events} events, load ${load}`);
      if (!report.ok || report.events !== wanted) {
        console.log(JSON.stringify(report.problems.slice(0, 5)));
        return false;
      }
    }
    archive.close();
    return Promise.resolve(Math.min(...times) <= mostSeconds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function seconds(began: number): string {
  return ((performance.now() - began) / 1000).toFixed(1);
}
