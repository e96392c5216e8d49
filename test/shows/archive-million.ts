/**
 * A million events of jobs as they go, in a real archive; how long it takes to prove all of it.
 * `MILLION=folder` keeps the archive there, and takes the one that is there already.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { subkey } from '../../electron/archive/box.ts';
import { inTransaction, openDatabase } from '../../electron/archive/database.ts';
import type { Archive } from '../../electron/archive/archive.ts';
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
import { median } from '../bench/measure.ts';

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

/** Appends so many events to a closed archive, at once; opening it makes the views. */
export function fillLog(home: string, key: Uint8Array, count = wanted): void {
  const layout = layoutOf(home);
  const keyringDb = openDatabase(layout.keyring, subkey(key, 'keyring'));
  const db = openDatabase(layout.archive, subkey(key, 'archive'), { synchronous: 'NORMAL' });
  const macs = createRowMacs(keyringDb, 'keyring', subkey(key, 'keyring rows'));
  const keyring = createKeyring(keyringDb, clock, random, macs);
  const events = createEvents(db, keyring, random);
  const jobs = count / perJob;
  const atOnce = 5_000;
  for (let from = 0; from < jobs; from += atOnce) {
    const to = Math.min(jobs, from + atOnce);
    inTransaction(keyringDb, () => {
      for (let index = from; index < to; index++) keyring.keyFor(`job-${index}`);
    });
    inTransaction(db, () => {
      let head = events.head();
      for (let index = from; index < to; index++)
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

export function showArchiveMillion(): Promise<boolean> {
  const keep = process.env['MILLION'];
  const folder = keep ?? mkdtempSync(join(tmpdir(), 'skranke-million-'));
  try {
    const home = join(folder, 'home');
    const ports = { home, key: keyOf(folder), clock, random };
    let began = performance.now();
    if (!existsSync(home)) {
      unwrap(createArchive(ports)).close();
      fillLog(home, ports.key);
      console.log(`${wanted} events written in ${seconds(began)} s`);
    }
    began = performance.now();
    const archive = unwrap(openArchive(ports));
    console.log(`opened in ${seconds(began)} s, with the views where they were missing`);
    const size = statSync(layoutOf(home).archive).size / 1e9;
    console.log(`archive.db ${size.toFixed(2)} GB`);
    const times = [1, 2, 3].map((run) => measured(archive, run));
    archive.close();
    return Promise.resolve(median(times) <= mostSeconds);
  } finally {
    if (keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** The archive key of a folder that is kept; made the first time. */
function keyOf(folder: string): Uint8Array {
  const file = join(folder, 'key');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, random.bytes(32), { mode: 0o600 });
  return readFileSync(file);
}

/** Seconds by the clock; not a number where something is wrong. */
function measured(archive: Archive, run: number): number {
  const began = performance.now();
  const before = process.cpuUsage();
  const report = archive.verify();
  const { user, system } = process.cpuUsage(before);
  const time = Number(seconds(began));
  const load = loadavg()[0]?.toFixed(1) ?? '';
  const cpu = `user ${(user / 1e6).toFixed(1)} s, system ${(system / 1e6).toFixed(1)} s`;
  console.log(`run ${run}: ${time} s, ${cpu}, ${report.events} events, load ${load}`);
  if (report.ok && report.events === wanted) return time;
  console.log(JSON.stringify(report.problems.slice(0, 5)));
  return NaN;
}

function seconds(began: number): string {
  return ((performance.now() - began) / 1000).toFixed(1);
}
