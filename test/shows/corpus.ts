/**
 * `npm run corpus -- FOLDER`: signs every PDF of a folder twice, with different keys in different
 * program runs, and holds the results against our `verify`, `pdfsig` and `qpdf`. Prints a table, a
 * summary and every miss; exits 1 when a demand is not met.
 */
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  existsSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { cliLines } from '../support/cli.ts';
import { makeKeyFiles } from '../support/key-files.ts';

type State = 'sound' | 'warnings' | 'broken' | 'password' | 'certified';
interface Row {
  readonly file: string;
  readonly path: string;
  state: State;
  readonly warning: string;
  /** `signed`, `repaired` or the code of the refusal. */
  outcome: string;
  detail: string;
  pdfsig: string;
  verify: string;
  prefix: boolean | null;
  slowest: number;
}

const folder = resolve(process.argv[2] ?? '');
if (process.argv[2] === undefined || !existsSync(folder)) {
  console.error('usage: npm run corpus -- FOLDER');
  process.exit(2);
}

function pdfsBelow(path: string): string[] {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.pdf'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** What qpdf makes of a file, and the first thing it warns of. */
function qpdfState(path: string): { readonly state: State; readonly warning: string } {
  const password = spawnSync('qpdf', ['--requires-password', path]).status;
  if (password === 0) return { state: 'password', warning: '' };
  const check = spawnSync('qpdf', ['--check', path], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const [first = ''] = check.stderr
    .split('\n')
    .filter((line) => line.startsWith('WARNING'))
    .map((line) => line.replace(/^WARNING: .*?\.pdf,? ?/, '').replace(/^: /, ''));
  const state = check.status === 0 ? 'sound' : check.status === 3 ? 'warnings' : 'broken';
  return { state, warning: first };
}

const rows = pdfsBelow(folder).map<Row>((path, index) => ({
  file: `${String(index).padStart(4, '0')}-${basename(path)}`,
  path,
  ...qpdfState(path),
  outcome: '',
  detail: '',
  pdfsig: '-',
  verify: '-',
  prefix: null,
  slowest: 0,
}));

const work = mkdtempSync(join(tmpdir(), 'skranke-corpus-'));
const made = makeKeyFiles(work, 'Corpus');
const keys = {
  root: made.root,
  first: made.make('Corpus First', 'p-256'),
  second: made.make('Corpus Second', 'rsa-2048'),
};

/** One program run that signs many files; answers the code for each that was refused. */
async function signAll(
  key: { readonly file: string; readonly passphraseFile: string },
  jobs: readonly { readonly row: Row; readonly input: string }[],
  outDir: string,
  extra: readonly string[] = [],
): Promise<Map<Row, { code: string; detail: string } | null>> {
  const outcome = new Map<Row, { code: string; detail: string } | null>();
  if (jobs.length === 0) return outcome;
  mkdirSync(outDir, { recursive: true });
  const args = ['sign', ...jobs.map(({ input }) => input), '--out-dir', outDir];
  args.push('--key', key.file, '--passphrase-file', key.passphraseFile, ...extra);
  let index = 0;
  for await (const { value, milliseconds } of cliLines(args)) {
    const row = jobs[index]?.row as Row;
    row.slowest = Math.max(row.slowest, milliseconds);
    const error = value['error'] as { code: string; message: string; detail?: unknown } | undefined;
    outcome.set(
      row,
      error === undefined
        ? null
        : { code: error.code, detail: `${error.message} ${JSON.stringify(error.detail ?? {})}` },
    );
    index += 1;
  }
  return outcome;
}

interface Verified {
  readonly indication?: string;
  readonly signatures?: readonly {
    readonly indication: string;
    readonly signer: string;
    readonly sentence: string;
  }[];
}

async function verifyAll(paths: readonly string[]): Promise<readonly Verified[]> {
  if (paths.length === 0) return [];
  const reports: Verified[] = [];
  for await (const { value } of cliLines(['verify', ...paths, '--trust', keys.root]))
    reports.push(value as Verified);
  return reports;
}

/** Signatures that pdfsig calls valid, of how many, with ours among them. */
function pdfsigOf(path: string): { valid: number; total: number } {
  const { stdout } = spawnSync('pdfsig', ['-nocert', path], { encoding: 'utf8', maxBuffer: 64e6 });
  const parts = stdout.split(/^Signature #\d+:/m).slice(1);
  const ours = parts.filter((part) => part.includes('Corpus'));
  return {
    valid: ours.filter((part) => part.includes('Signature is Valid')).length,
    total: ours.length,
  };
}

async function runTwice(chosen: readonly Row[], repair: boolean): Promise<void> {
  const flag = repair ? ['--repair'] : [];
  const kind = repair ? 'repair' : 'as-is';
  const firstDir = join(work, kind, '1');
  const secondDir = join(work, kind, '2');
  const renamed = chosen.map((row) => {
    // Unique names: two folders may hold files of one name.
    const input = join(work, 'in', row.file);
    return { row, input };
  });
  const first = await signAll(keys.first, renamed, firstDir, flag);
  const signed = renamed.filter(({ row }) => first.get(row) === null);
  for (const { row } of renamed) {
    const refusal = first.get(row);
    if (refusal !== null) {
      row.outcome = refusal?.code ?? 'crash';
      row.detail = refusal?.detail ?? 'the program ended before it answered';
    }
  }
  const once = await verifyAll(signed.map(({ row }) => join(firstDir, row.file)));
  const second = await signAll(
    keys.second,
    signed.map(({ row }) => ({ row, input: join(firstDir, row.file) })),
    secondDir,
  );
  const twice = signed.filter(({ row }) => second.get(row) === null);
  const reports = await verifyAll(twice.map(({ row }) => join(secondDir, row.file)));
  signed.forEach(({ row }, index) => {
    const refusal = second.get(row);
    if (refusal !== null) {
      row.outcome = `second: ${refusal?.code ?? 'crash'}`;
      row.detail = refusal?.detail ?? 'the program ended before it answered';
      return;
    }
    const place = twice.findIndex((other) => other.row === row);
    const report = reports[place];
    const ours = (report?.signatures ?? []).filter(({ signer }) => signer.includes('Corpus'));
    const valid = ours.filter(({ indication }) => indication === 'TOTAL-PASSED').length;
    const onceValid = (once[index]?.signatures ?? []).some(
      ({ signer, indication }) => signer.includes('Corpus') && indication === 'TOTAL-PASSED',
    );
    row.verify = `${onceValid ? 1 : 0}+${valid}`;
    const external = pdfsigOf(join(secondDir, row.file));
    row.pdfsig = `${external.valid}/${external.total}`;
    const before = readFileSync(row.path);
    const after = readFileSync(join(secondDir, row.file));
    row.prefix = after.subarray(0, before.length).equals(before);
    const good =
      onceValid && valid === 2 && external.valid === 2 && (repair ? true : row.prefix === true);
    row.outcome = repair ? (good ? 'repaired' : 'repaired-bad') : good ? 'signed' : 'signed-bad';
    if (good && row.state !== 'sound')
      row.detail = `its own cross-reference leads to every object, nothing is repaired; qpdf warns: ${row.warning}`;
    if (!good)
      row.detail = ours.map(({ sentence }) => sentence).join(' | ') || 'no signature of ours';
  });
}

mkdirSync(join(work, 'in'), { recursive: true });
for (const row of rows) symlinkSync(row.path, join(work, 'in', row.file));
await runTwice(rows, false);
for (const row of rows)
  if (row.outcome === 'sign.certified-no-changes' || row.outcome === 'sign.not-allowed')
    row.state = 'certified';
const damaged = rows.filter((row) => /^pdf\.(?:damaged|beyond-repair)$/.test(row.outcome));
const reasons = new Map(damaged.map((row) => [row, row.detail]));
await runTwice(damaged, true);
for (const row of damaged) if (row.outcome === 'repaired') row.detail = reasons.get(row) ?? '';

for (const row of rows)
  console.log(
    `${row.state.padEnd(9)} ${row.outcome.padEnd(28)} verify ${row.verify.padEnd(4)} pdfsig ${row.pdfsig.padEnd(5)} ${row.file}${row.detail === '' ? '' : `  ${row.detail.slice(0, 220)}`}`,
  );

const sound = rows.filter((row) => row.state === 'sound');
const good = sound.filter((row) => row.outcome === 'signed');
const shaky = rows.filter((row) => row.state === 'warnings');
const shakySigned = shaky.filter((row) => row.outcome === 'signed');
const shakyRefused = shaky.filter((row) => damaged.includes(row));
const shakyRepaired = shakyRefused.filter((row) => row.outcome === 'repaired');
const crashed = rows.filter((row) => /crash|internal|-bad/.test(row.outcome));
const slow = rows.filter((row) => row.slowest > 10_000);
const share = (part: number, whole: number): string =>
  whole === 0 ? 'none' : `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
console.log(`
files                                   ${rows.length}
sound, unprotected: signed twice        ${share(good.length, sound.length)}
opened with warnings: signed as they are ${share(shakySigned.length, shaky.length)}
opened with warnings: refused, repaired ${share(shakyRepaired.length, shakyRefused.length)}
damaged of any kind: repaired           ${share(damaged.filter((row) => row.outcome === 'repaired').length, damaged.length)}
crashes or bad results                  ${crashed.length}
over 10 s                               ${slow.length}
slowest                                 ${Math.max(0, ...rows.map((row) => row.slowest)).toFixed(0)} ms`);
rmSync(work, { recursive: true });
const met =
  (sound.length === 0 || good.length / sound.length >= 0.995) &&
  (shakyRefused.length === 0 || shakyRepaired.length / shakyRefused.length >= 0.85) &&
  crashed.length === 0 &&
  slow.length === 0;
process.exitCode = met ? 0 : 1;
