/** Speed and memory of signing large files: 10 and 105 MB beside others, 3 GiB by itself. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleContenders } from '../bench/bundle-contenders.ts';
import type { Bundled } from '../bench/bundle-contenders.ts';
import { benchSigning, signHeader } from '../bench/sign-bench.ts';
import { measure } from '../bench/measure.ts';
import { writeBigPdf } from '../support/big-pdf.ts';
import { runCli } from '../support/cli.ts';
import { makeKeyFiles } from '../support/key-files.ts';

const megabyte = 1024 * 1024;

export async function showLargeFiles(): Promise<boolean> {
  console.log(signHeader);
  const bundled = await bundleContenders();
  const rows = benchSigning(bundled, [1, 10, 105], 5);
  const good = rows.every(({ size, ours, libpdf, floor }) => {
    const faster = size < 10 || libpdf.milliseconds / ours.milliseconds >= 2;
    const smaller = size < 105 || ours.peak <= libpdf.peak / 4;
    const nearFloor = size < 105 || ours.milliseconds <= 2 * floor.milliseconds;
    return faster && smaller && nearFloor;
  });
  return signThreeGibibytes(bundled) && good;
}

function signThreeGibibytes(bundled: Bundled): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-large-'));
  try {
    const keys = makeKeyFiles(folder, 'Large');
    const key = keys.make('Large Signer', 'p-256');
    const input = join(folder, 'large.pdf');
    const output = join(folder, 'signed.pdf');
    writeBigPdf(input, 3 * 1024 * megabyte);
    const args = ['sign', input, '-o', output, '--key', key.file];
    const [ours] = measure(
      [
        {
          name: 'skranke',
          args: [bundled.skranke, ...args, '--passphrase-file', key.passphraseFile],
          output,
        },
      ],
      1,
      bundled.peakMemory,
    );
    const grown = statSync(output).size - statSync(input).size;
    rmSync(input);
    const verified = runCli(['verify', output, '--trust', keys.root, '--json']);
    const { indication } = JSON.parse(verified.stdout) as { indication: string };
    const peak = (ours?.peak ?? Infinity) / megabyte;
    console.log(
      `3 GiB: peak ${peak.toFixed(0)} MB resident (at most 150), grown by ${grown} bytes, verify says ${indication}`,
    );
    return peak <= 150 && indication === 'TOTAL-PASSED';
  } finally {
    rmSync(folder, { recursive: true });
  }
}
