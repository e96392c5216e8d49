/**
 * One exchange: what the others have put into the folder is read, their heads are countersigned, their
 * countersignatures on ours are kept, and our own head is put out. In the worker.
 */
import { attempt, fail, ok, type Result } from '../../shared/result.ts';
import type { WitnessProblem, WitnessReport } from '../../shared/witness.ts';
import { parseCertificate } from '../core/cms/certificate.ts';
import { sha256Hex, type Act, type Desk } from './desk.ts';
import { fromBase64, sealOf } from './seal.ts';
import { sealKey } from './seal-keys.ts';
import { settingsOf, type Witnesses } from './settings-store.ts';
import { pinOf, signStatement, type HeadFile } from './witness-files.ts';
import { findFiles, writeWitnessFile } from './witness-folder.ts';
import { readFiles } from './witness-reading.ts';
import { takeCountersignature } from './witness-kept.ts';
import { takeHead } from './witness-heads.ts';
import { ourselves, type Exchange } from './witness-ourselves.ts';
import { witnessLease, witnessLeaseTime, witnessWaits } from './witness-state.ts';

const mostProblems = 20;
/** A head a day, of a dozen offices, for a year. */
const remembered = 5_000;
/** The lease is a write to the disk: not for each file. */
const leaseEvery = 100;

/**
 * Fails with `witness.not-set` and `witness.busy`, and where the disk refuses; what is wrong with a
 * folder, the seal or a file stands in the report.
 */
export async function exchangeHeads(
  desk: Desk,
  _input: object,
  act: Act,
): Promise<Result<WitnessReport>> {
  const settings = settingsOf(desk.archive);
  if (settings.get('witness') === null)
    return fail('witness.not-set', 'No folders have been chosen for the exchange.');
  if (!desk.archive.lease(witnessLease, witnessLeaseTime))
    return fail('witness.busy', 'Another program is exchanging just now.');
  try {
    const before = settings.get('witnesses');
    const exchange = begin(desk, act, before);
    const read = await readIn(exchange);
    const head = await writeHead(exchange);
    const waits = witnessWaits(desk);
    const report: WitnessReport = { at: desk.clock.now().toISOString(), head, waits, ...read };
    const own = exchange.write === null ? [] : [ownKey(desk)];
    const after: Witnesses = {
      archive: exchange.archive,
      ownKeys: [...new Set([...before.ownKeys, ...own])],
      offices: [...exchange.offices.values()],
      last: report,
    };
    const put = attempt(() => settings.put('witnesses', after, act.actor));
    return put.ok ? ok(report) : put;
  } finally {
    attempt(() => desk.archive.releaseLease(witnessLease));
  }
}

function begin(desk: Desk, act: Act, before: Witnesses): Exchange {
  const settings = settingsOf(desk.archive);
  const folders = settings.get('witness');
  const seal = sealOf(desk);
  const stopped = witnessWaits(desk).some((code) => code !== 'witness.folder-missing');
  const key = seal === null || stopped ? null : sealKey(desk, seal);
  return {
    ...{ desk, actor: act.actor, number: settings.get('organisation').number },
    archive: before.archive ?? newArchiveId(desk),
    ownKeys: new Set(seal === null ? before.ownKeys : [...before.ownKeys, ownKey(desk)]),
    write:
      key?.ok !== true || seal === null || folders === null
        ? null
        : { key: key.value, trial: seal.trial, out: folders.out },
    offices: new Map(before.offices.map((office) => [office.number, office])),
    witnessed: desk.archive
      .officeEventsOf('witnessed', remembered)
      .flatMap(({ seq: our, event }) =>
        event.type === 'witnessed'
          ? [{ our, office: event.office, seq: event.seq, hash: event.hash }]
          : [],
      ),
  };
}

/** Random, as the salt in the log's first event is; and the same again after a restore. */
function newArchiveId({ archive }: Desk): string {
  return sha256Hex(`skranke archive ${archive.hashAt(1) ?? ''}`).slice(0, 32);
}

function ownKey(desk: Desk): string {
  const seal = sealOf(desk);
  const parsed = seal === null ? null : parseCertificate(fromBase64(seal.certificate));
  return parsed?.ok === true ? pinOf(parsed.value).key : '';
}

type Reading = Omit<WitnessReport, 'at' | 'head' | 'waits'>;

async function readIn(exchange: Exchange): Promise<Reading> {
  const folder = settingsOf(exchange.desk.archive).get('witness')?.in ?? '';
  const problems: WitnessProblem[] = [];
  const counts = { read: 0, countersigned: 0, kept: 0, skipped: 0 };
  const found = findFiles(folder);
  if (!found.ok) return { ...counts, problems, problemCount: 0 };
  counts.skipped += found.value.foreign;
  if (found.value.left > 0) problems.push({ file: '', code: 'witness.too-many' });
  const { files, unreadable } = readFiles(folder, found.value.names);
  problems.push(...unreadable);
  counts.read = files.length + unreadable.length;
  for (const [index, { name, file }] of files.entries()) {
    if (index % leaseEvery === leaseEvery - 1)
      exchange.desk.archive.lease(witnessLease, witnessLeaseTime);
    const taken =
      'head' in file ? await takeCountersignature(exchange, file) : await takeHead(exchange, file);
    if (typeof taken !== 'string') problems.push({ file: name, code: taken.code });
    else if (taken === 'known') counts.skipped += 1;
    else counts[taken] += 1;
  }
  return {
    ...counts,
    problems: problems.slice(0, mostProblems),
    problemCount: problems.length,
  };
}

/** Where our log stands now. */
async function writeHead(exchange: Exchange): Promise<WitnessReport['head']> {
  const { desk, write } = exchange;
  const { seq, hash } = desk.archive.head();
  if (write === null || seq === 0) return null;
  const [restored] = desk.archive.officeEventsOf('restored', 1);
  const statement: HeadFile['statement'] = {
    format: 'skranke-head-1',
    ...ourselves(exchange, write.trial),
    ...{ seq, hash },
    restored:
      restored?.event.type === 'restored' ? { at: restored.at, seq: restored.event.seq } : null,
  };
  const signed = await signStatement(statement, write.key, desk.crypto);
  if (!signed.ok) return null;
  const written = writeWitnessFile(write.out, signed.value);
  return written.ok ? { seq, file: written.value } : null;
}
