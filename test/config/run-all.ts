/**
 * `npm test`: everything that must hold before something lands, cheapest first, with one closing line
 * that counts it all. A step that fails does not hide the ones after it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { looksOnRecord, notLookedAt } from '../e2e/support/looked.ts';
import { ensureSystemPackages, forTests } from './system-packages.ts';

const root = join(import.meta.dirname, '../..');
/** The steps that run the program take its worker as it has just been built. */
const built = { TEST_BUILT: '1' };
const reports = mkdtempSync(join(tmpdir(), 'skranke-test-'));
/** By name, for the end: what failed is told where a long run's output is read first. */
const failures: string[] = [];
let passed = 0;
let failed = 0;
let skipped = 0;

function run(command: string, args: readonly string[], env: Record<string, string> = {}) {
  return new Promise<boolean>((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** One step whose words are kept until it has ended: others run beside it. */
async function step(title: string, script: string): Promise<void> {
  const words: Buffer[] = [];
  const good = await new Promise<boolean>((resolve) => {
    const child = spawn('npm', ['run', '-s', script], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => words.push(part));
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
  console.log(`\n── ${title}${good ? '' : ' FAILED'}\n${Buffer.concat(words).toString()}`);
  if (good) passed += 1;
  else {
    failed += 1;
    failures.push(title);
  }
}

/** Each of these uses one processor: two at a time. */
async function steps(all: readonly (readonly [title: string, script: string])[]): Promise<void> {
  const waiting = [...all];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      await step(...next);
  };
  await Promise.all([work(), work()]);
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}
interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly {
    readonly title: string;
    readonly file: string;
    readonly ok: boolean;
  }[];
}
interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[];
  readonly stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

function readReport<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return null;
  }
}

function failedIn(suite: PlaywrightSuite): readonly string[] {
  const own = suite.specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file}: ${title}`);
  return [...own, ...(suite.suites ?? []).flatMap(failedIn)];
}

const missing = ensureSystemPackages(forTests);
if (missing.length > 0) {
  console.error(`Please install first: ${missing.join(' ')} (Debian: apt-get install …)`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

await steps([
  ['lint', 'lint'],
  ['types', 'types'],
  ['format', 'format:check'],
  ['boundaries', 'boundaries'],
]);
await steps([['build', 'build']]);

console.log('\n── unit and integration');
const vitestFile = join(reports, 'vitest.json');
const vitestGood = await run(
  'vitest',
  [
    ...['run', '--config', 'test/config/vitest.config.ts'],
    ...['--reporter=dot', '--reporter=json', `--outputFile.json=${vitestFile}`],
  ],
  built,
);
const unit = readReport<VitestReport>(vitestFile);
if (unit === null) failed += 1;
else {
  passed += unit.numPassedTests;
  failed += unit.numFailedTests;
  skipped += unit.numPendingTests;
  for (const { name, status, assertionResults } of unit.testResults) {
    const wrong = assertionResults.filter((each) => each.status === 'failed');
    failures.push(...wrong.map(({ fullName }) => `${relative(root, name)}: ${fullName}`));
    if (status === 'failed' && wrong.length === 0) failures.push(relative(root, name));
  }
  // A file that does not even load has no failed test of its own.
  if (!vitestGood && unit.numFailedTests === 0) failed += 1;
}

console.log('\n── journeys in the browser');
const playwrightFile = join(reports, 'playwright.json');
const journeysGood = await run(
  'playwright',
  ['test', '--config', 'test/config/playwright.config.ts', '--reporter=list,json'],
  { ...built, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightFile },
);
const journeys = readReport<PlaywrightReport>(playwrightFile);
if (journeys === null) failed += 1;
else {
  passed += journeys.stats.expected + journeys.stats.flaky;
  failed += journeys.stats.unexpected;
  skipped += journeys.stats.skipped;
  failures.push(...journeys.suites.flatMap(failedIn));
  if (!journeysGood && journeys.stats.unexpected === 0) failed += 1;
}
// Some journey must have been at every screen of the list; after a failed one the rest says nothing.
if (journeysGood) {
  const unseen = notLookedAt(looksOnRecord());
  if (unseen.length > 0)
    console.log(`\nscreens that no journey looked at:\n  ${unseen.join('\n  ')}`);
  if (unseen.length === 0) passed += 1;
  else failed += 1;
}

for (const name of failures) console.log(`failed: ${name}`);
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
