/**
 * kill -9 while jobs are signed in a loop, at least a tenth of the times in each phase. After each: the
 * archive verifies, every event that says *signed* has its bytes, and the next run goes on with the job.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { makeTrialAuthority } from '../../electron/adapters/trial-pki.ts';
import { startTrialTimestampAuthority } from '../../electron/adapters/trial-timestamp-authority.ts';
import type { Archive } from '../../electron/archive/archive.ts';
import { createArchive, openArchive } from '../../electron/archive/open-archive.ts';
import { makeSeal } from '../../electron/desk/seal-keys.ts';
import { settingsOf } from '../../electron/desk/settings-store.ts';
import { silent } from '../../electron/desk/desk.ts';
import type { Desk } from '../../electron/desk/desk.ts';
import { unwrap } from '../../shared/result.ts';
import type { Phase } from './kill-child.ts';
import { killKey } from './kill-key.ts';

const phases: readonly Phase[] = ['import', 'reserve', 'sign', 'embed', 'commit', 'outbox'];
const child = join(import.meta.dirname, 'kill-child.ts');
const isPhase = (line: string): line is Phase => (phases as readonly string[]).includes(line);

/** Runs until `phase` has begun for the `after`th time, waits a moment, kills. Answers the phase it died in. */
function runAndKill(
  home: string,
  phase: Phase,
  after: number,
  delay: number,
): Promise<Phase | null> {
  return new Promise((resolve, reject) => {
    const run = spawn(process.execPath, [child, home], { stdio: ['ignore', 'pipe', 'pipe'] });
    let seen = 0;
    let last: Phase | null = null;
    let rest = '';
    let errors = '';
    run.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    run.stdout.on('data', (data: Buffer) => {
      const lines = (rest + data.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        last = isPhase(line) ? line : null;
        if (line === phase) seen += 1;
      }
      if (seen < after) return;
      if (delay === 0) run.kill('SIGKILL');
      else setTimeout(() => run.kill('SIGKILL'), delay);
    });
    run.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(last);
      else reject(new Error(`the child ended by itself (${code}): ${errors}`));
    });
  });
}

/** What is wrong with the archive after a crash; empty when nothing is. */
function problemsOf(archive: Archive): readonly string[] {
  const report = archive.verify();
  const problems = report.problems.map(({ code, place }) => `${code} at ${place}`);
  for (const { job, event } of archive.eventsSince(0, 1_000_000)) {
    if (event.type !== 'signed' && event.type !== 'opened' && event.type !== 'sealed') continue;
    for (const { document, revision, sha256, length } of event.revisions) {
      const source = archive.source(document, revision);
      if (!source.ok) {
        problems.push(`${event.type} of ${job} has no bytes`);
        continue;
      }
      const bytes = source.value.read(0, source.value.length);
      const found = createHash('sha256').update(bytes).digest('hex');
      if (found !== sha256 || bytes.length !== length)
        problems.push(`${event.type} of ${job}: the bytes of revision ${revision} differ`);
      source.value.close();
    }
  }
  return problems;
}

export async function showKills(count: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-kill-'));
  const home = join(folder, 'home');
  const ports = { home, key: killKey, clock: systemClock, random: nodeRandom };
  const issuer = makeTrialAuthority({ name: 'Kill', now: systemClock.now() });
  const authority = await startTrialTimestampAuthority({
    ...issuer.issueTimestamper(),
    clock: systemClock,
  });
  const archive = unwrap(createArchive(ports));
  unwrap(
    makeSeal({ archive, clock: systemClock } as Desk, {}, { actor: 'system', progress: silent }),
  );
  settingsOf(archive).put('timestamps', [{ url: authority.url }], 'system');
  archive.close();
  const died = new Map<Phase | null, number>();
  let good = true;
  for (
    let kill = 0;
    kill < count || phases.some((phase) => (died.get(phase) ?? 0) < count / 10);
    kill++
  ) {
    if (kill > count * 3) {
      console.log('not every phase could be met often enough');
      good = false;
      break;
    }
    const wanted = phases[kill % phases.length] as Phase;
    // A few steps into the loop, and a moment into the phase: now here, now there.
    const phase = await runAndKill(home, wanted, 1 + (kill % 3), kill % 4 === 3 ? 1 : 0);
    died.set(phase, (died.get(phase) ?? 0) + 1);
    const after = unwrap(openArchive(ports));
    const problems = problemsOf(after);
    after.close();
    if (problems.length > 0) {
      good = false;
      console.log(`after kill ${kill + 1} in ${phase ?? 'between'}: ${problems.join('; ')}`);
    }
  }
  const last = unwrap(openArchive(ports));
  const stats = last.stats();
  const sealed = last.jobsWhere({ state: 'sealed' }).length;
  const waiting =
    last.jobsWhere({ state: 'open' }).length + last.jobsWhere({ state: 'draft' }).length;
  last.close();
  await authority.close();
  console.log(
    `killed: ${phases.map((phase) => `${phase} ${died.get(phase) ?? 0}`).join(', ')}, between ${died.get(null) ?? 0}; ${stats.events} events, ${sealed} jobs sealed, ${waiting} under way (at most 1: each run goes on with what the last one left)`,
  );
  if (waiting > 1 || sealed === 0) good = false;
  const flushed = showFlushes(home);
  rmSync(folder, { recursive: true });
  return good && flushed;
}

/** strace shows fsync or fdatasync before the answer of every commit. */
function showFlushes(home: string): boolean {
  const { stderr, stdout } = spawnSync(
    'timeout',
    [
      ...['-s', 'KILL', '6', 'strace', '-f', '-e', 'trace=fsync,fdatasync,write', '-e', 'write=1'],
      ...['-s', '16', process.execPath, child, home],
    ],
    { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  if (!stdout.includes('commit')) {
    console.log('strace: no commit was seen');
    return false;
  }
  let commits = 0;
  let flushed = 0;
  let synced = false;
  for (const line of stderr.split('\n')) {
    if (/write\(1, "commit\\n"/.test(line)) {
      synced = false;
      commits += 1;
    } else if (/f(data)?sync\(/.test(line) || /f(data)?sync resumed/.test(line)) synced = true;
    else if (/write\(1, "idle\\n"/.test(line) && synced) flushed += 1;
  }
  console.log(`strace: ${flushed} of ${commits} commits were flushed before they were answered`);
  // The last one may have been cut off in the middle.
  return commits > 0 && flushed >= commits - 1;
}
