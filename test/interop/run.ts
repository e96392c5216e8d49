/**
 * `npm run test:interop`: our signatures under pyHanko, EU DSS and veraPDF. A disagreement fails; so does
 * a validator that cannot be had where CI runs, elsewhere it is said loudly.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startTrialTimestampAuthority } from '../../electron/adapters/trial-timestamp-authority.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { spawnCli } from '../support/cli.ts';
import { makeKeyFiles } from '../support/key-files.ts';
import { checkBenign } from './benign.ts';
import { makeContainers } from './containers.ts';
import { makeCoverFiles } from './covers.ts';
import { makeFormFile } from './forms.ts';
import { makeInteropFiles } from './files.ts';
import type { InteropFile } from './files.ts';
import { startIssuers } from './issuers.ts';
import { checkMixed } from './mixed.ts';
import { dss, pyhanko, verapdf } from './tools.ts';
import type { Rows } from './tools.ts';

let passed = 0;
let failed = 0;
let skipped = 0;

function check(good: boolean, what: string): void {
  if (good) passed += 1;
  else failed += 1;
  if (!good) console.log(`✗ ${what}`);
}

/** The validator, or null where it cannot be had: a failure in CI. */
function had<T>(name: string, make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    const said = error instanceof Error ? error.message.slice(0, 400) : String(error);
    console.error(`!!! ${name} cannot be had here, its checks are left out: ${said}`);
    if (process.env['CI'] === undefined) skipped += 1;
    else failed += 1;
    return null;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'skranke-interop-'));
const issuers = await startIssuers('Interop');
const keys = makeKeyFiles(folder, 'Interop', issuers.authority);
const authority = await startTrialTimestampAuthority({
  ...keys.authority.issueTimestamper(),
  clock: systemClock,
});
const files = [
  ...(await makeInteropFiles(folder, keys, { tsa: authority.url, ocsp: issuers.ocsp })),
  await makeFormFile(folder, keys),
  ...(await makeCoverFiles(folder, keys, authority.url)),
  ...(await makeContainers(folder, keys)),
];
await authority.close();
await issuers.close();
const paths = files.map(({ path }) => path);
const byFile = (rows: Rows, file: InteropFile): Rows =>
  rows.filter(([name]) => name === basename(file.path));

for (const file of files) check(file.ours === 'TOTAL-PASSED', `ours: ${file.name} is ${file.ours}`);

const matrix = new Map(files.map((file) => [file, [file.ours] as string[]]));

const python = had('pyHanko', pyhanko);
if (python !== null) {
  const readable = files.filter(({ container }) => container !== true);
  const rows = python([keys.root, ...readable.map(({ path }) => path)]);
  for (const file of readable) {
    const mine = byFile(rows, file);
    const good =
      mine.length === file.signatures && mine.every(([, , verdict]) => verdict === 'valid');
    check(good, `pyHanko: ${file.name}: ${JSON.stringify(mine)}`);
    matrix.get(file)?.push(good ? 'valid' : 'NOT valid');
  }
}

if (python !== null) await checkBenign(python, folder, check);

const validator = had('EU DSS', dss);
if (validator !== null) {
  const rows = validator([keys.root, ...paths]);
  for (const file of files) {
    const mine = byFile(rows, file);
    const good =
      mine.filter(([, kind]) => kind === 'signature').length ===
        file.signatures - file.timestamps &&
      (file.level === undefined || mine.some(([, , , , format]) => format === file.level)) &&
      mine.every(
        ([, , indication, sub, , intact, modified]) =>
          intact === 'intact' &&
          (modified === 'unmodified' || (file.filledIn === true && modified === 'filled-in')) &&
          (indication === 'TOTAL_PASSED' || indication === 'PASSED' || sub === file.dssObjects),
      );
    check(good, `DSS: ${file.name}: ${JSON.stringify(mine)}`);
    const [first] = mine;
    matrix.get(file)?.push(good ? `${first?.[2]} ${first?.[4]}` : `NOT ${first?.[3]}`);
  }
}

const conformance = had('veraPDF', verapdf);
if (conformance !== null) {
  const report = join(folder, 'report.pdf');
  await spawnCli(['verify', paths[0] ?? '', '--trust', keys.root, '--report', report]);
  const [row] = conformance(['2b', report]);
  check(row?.[1] === 'yes', `veraPDF: the verification report: ${JSON.stringify(row)}`);
  for (const flavour of ['2b', '3b'] as const) {
    const claimed = files.filter((one) => one.pdfa && (one.flavour ?? '2b') === flavour);
    const rows = conformance([flavour, ...claimed.map(({ path }) => path)]);
    for (const file of claimed) {
      const [mine] = byFile(rows, file);
      const good = mine?.[1] === 'yes';
      check(good, `veraPDF: ${file.name}: ${JSON.stringify(mine)}`);
      matrix.get(file)?.push(`${good ? '' : 'NOT '}PDF/A-${flavour}`);
    }
  }
}

await checkMixed({ pyhanko: python, dss: validator }, folder, check);

for (const [file, verdicts] of matrix)
  console.log(
    `${file.name.padEnd(34)} ${verdicts.map((verdict) => verdict.padEnd(16)).join('  ')}`,
  );
rmSync(folder, { recursive: true });
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
