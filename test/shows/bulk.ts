/**
 * 1,000 rows of which 20 are faulty: 980 jobs made and opened, 20 named reasons, at least 50 a second. Then
 * the same with kill -9 in the middle, again and again: none is lost, none is made twice.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BulkResult } from '../../shared/rpc/views-bulk.ts';
import { bulkRows, bulkTemplate } from '../support/bulk-rows.ts';
import { passphrase, setUp, startDesk, type Client } from '../support/desk.ts';

const cli = join(import.meta.dirname, '../../electron/cli.ts');

export async function showBulk(rows = 1000, faulty = 20, least = 50): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-bulk-'));
  try {
    const straight = await showStraight(join(folder, 'straight'), rows, faulty, least);
    const killed = await showKilled(folder, rows, faulty);
    return straight && killed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function showStraight(home: string, count: number, faulty: number, least: number) {
  const desk = startDesk({ home });
  const clerk = desk.visit();
  try {
    await setUp(clerk);
    const template = await bulkTemplate(clerk);
    const { csv, expected } = bulkRows(count, faulty);
    const upload = await clerk.upload(Buffer.from(csv));
    const began = performance.now();
    const dry = await clerk.call('bulk.check', { job: template, upload });
    const dryFor = (performance.now() - began) / 1000;
    const run = await clerk.call('bulk.run', { job: template, upload });
    const whole = (performance.now() - began) / 1000 - dryFor;
    const rate = run.counts.made / whole;
    const again = await clerk.call('bulk.run', { job: template, upload });
    const problems = [
      ...differences('dry run', dry, expected),
      ...differences('run', run, expected),
      ...(run.counts.made === count - faulty ? [] : [`made ${run.counts.made}`]),
      ...(again.counts.known === count - faulty && again.counts.made === 0
        ? []
        : [`a second run made ${again.counts.made}`]),
      ...(await stands(clerk, count - faulty)),
    ];
    console.log(
      `  ${count} rows: dry run ${dryFor.toFixed(1)} s, ${run.counts.made} jobs made and opened in ` +
        `${whole.toFixed(1)} s = ${rate.toFixed(0)} a second, ${run.counts.faulty} named reasons; ` +
        `a second run: ${again.counts.known} known, ${again.counts.made} made`,
    );
    for (const problem of problems) console.log(`  ! ${problem}`);
    return problems.length === 0 && rate >= least;
  } finally {
    await desk.close();
  }
}

function differences(
  what: string,
  { rows }: Pick<BulkResult, 'rows'>,
  expected: ReadonlyMap<number, string>,
): readonly string[] {
  const found = rows.filter(({ state }) => state === 'faulty');
  const wrong = found.filter(
    ({ row, issues }) => !issues.some(({ code }) => code === expected.get(row)),
  );
  return [
    ...(found.length === expected.size ? [] : [`${what}: ${found.length} faulty rows`]),
    ...wrong.map(
      ({ row, issues }) => `${what}: row ${row} ${issues.map((one) => one.code).join()}`,
    ),
  ];
}

/** What the archive says: as many jobs open as there should be, each with its certified revision, all sound. */
async function stands(clerk: Client, jobs: number): Promise<readonly string[]> {
  const problems: string[] = [];
  const page = await clerk.call('job.list', { tab: 'waiting', limit: 200 });
  if (page.counts.waiting !== jobs) problems.push(`${page.counts.waiting} jobs are open`);
  if (page.counts.draft !== 1) problems.push(`${page.counts.draft} drafts`);
  for (const { id } of page.rows.slice(0, 5)) {
    const { job } = await clerk.call('job.get', { job: id });
    const [document] = job.documents;
    if (document === undefined || job.revisions[0]?.revision !== 1) problems.push('not opened');
    const report = await clerk.call('verify.document', { document: document?.id ?? '' });
    if (report.signatures.length !== 1 || report.signatures[0]?.intact !== true)
      problems.push('a document does not verify');
  }
  const verified = await clerk.call('archive.verify', {});
  for (const { code, place } of verified.problems) problems.push(`archive: ${code} ${place}`);
  return problems;
}

async function showKilled(folder: string, count: number, faulty: number): Promise<boolean> {
  const home = join(folder, 'killed');
  const list = join(folder, 'rows.csv');
  writeFileSync(list, bulkRows(count, faulty).csv);
  const first = startDesk({ home });
  const visitor = first.visit();
  await setUp(visitor);
  const template = await bulkTemplate(visitor);
  await first.close();
  let kills = 0;
  for (let after = 2500; ; after += 1500) {
    const code = await runUntil(home, template, list, after);
    if (code !== null) break;
    kills += 1;
  }
  const desk = startDesk({ home });
  const clerk = desk.visit();
  try {
    const { users } = await clerk.call('session.state', {});
    await clerk.call('session.signIn', { user: users[0]?.id ?? '', passphrase });
    const problems = await stands(clerk, count - faulty);
    console.log(`  killed ${kills} times in the middle, then run to its end`);
    for (const problem of problems) console.log(`  ! ${problem}`);
    return problems.length === 0 && kills > 0;
  } finally {
    await desk.close();
  }
}

/** The exit code; null where it was killed. */
function runUntil(
  home: string,
  template: string,
  list: string,
  milliseconds: number,
): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, 'job', 'bulk', template, list, '--home', home], {
      env: { ...process.env, SKRANKE_PASSPHRASE: passphrase },
      stdio: 'ignore',
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}
