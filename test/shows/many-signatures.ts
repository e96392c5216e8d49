/** Many signatures one after the other on one file: valid everywhere after each step, and small. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runCli } from '../support/cli.ts';
import { makeKeyFiles } from '../support/key-files.ts';

/** EN 319 142-1 B-B, ECDSA P-256, signer and intermediate in the CMS. */
const mostBytes = 6_500;

export async function showManySignatures(count: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-many-'));
  const keys = makeKeyFiles(folder, 'Many');
  const key = keys.make('Many Signer', 'p-256');
  const file = join(folder, 'file.pdf');
  const next = join(folder, 'next.pdf');
  copyFileSync(join(root, 'resources/sample/leieavtale.pdf'), file);
  let good = true;
  const growths: number[] = [];
  for (let number = 1; number <= count; number++) {
    const signed = runCli([
      ...['sign', file, '-o', next, '--key', key.file],
      ...['--passphrase-file', key.passphraseFile],
    ]);
    const before = readFileSync(file);
    const after = readFileSync(next);
    growths.push(after.length - before.length);
    const prefix = after.subarray(0, before.length).equals(before);
    renameSync(next, file);
    const report = JSON.parse(runCli(['verify', file, '--trust', keys.root, '--json']).stdout) as {
      indication: string;
      signatures: { indication: string }[];
    };
    const ours = report.signatures.filter(({ indication }) => indication === 'TOTAL-PASSED').length;
    const { stdout } = spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8' });
    const theirs = stdout.split('Signature is Valid').length - 1;
    if (signed.code !== 0 || !prefix || ours !== number || theirs !== number) {
      good = false;
      console.log(
        `after ${number}: ours ${ours}, pdfsig ${theirs}, prefix ${prefix} ${signed.stderr}`,
      );
    }
  }
  const most = Math.max(...growths);
  const check = spawnSync('qpdf', ['--check', file]).status;
  console.log(
    `${count} signatures, each step valid in verify and pdfsig: ${good}; qpdf --check exit ${check}; growth ${Math.min(...growths)}–${most} bytes (at most ${mostBytes}); file ${statSync(file).size} bytes`,
  );
  rmSync(folder, { recursive: true });
  return good && most <= mostBytes && check === 0;
}
