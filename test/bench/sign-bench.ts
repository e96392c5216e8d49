/** B-B signing from disk to disk, whole processes, beside `@libpdf/core` and the floor of plain copying. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBigPdf } from '../support/big-pdf.ts';
import { makeKeyFiles } from '../support/key-files.ts';
import type { Bundled } from './bundle-contenders.ts';
import { measure } from './measure.ts';
import type { Measured } from './measure.ts';

const megabyte = 1024 * 1024;

export interface SignBenchRow {
  readonly size: number;
  readonly key: string;
  readonly ours: Measured;
  readonly libpdf: Measured;
  readonly floor: Measured;
}

/** Sizes in MiB. */
export function benchSigning(
  bundled: Bundled,
  sizes: readonly number[],
  runs: number,
): readonly SignBenchRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-bench-'));
  const keys = makeKeyFiles(folder, 'Bench');
  const rows: SignBenchRow[] = [];
  try {
    for (const size of sizes) {
      const input = join(folder, `${size}.pdf`);
      writeBigPdf(input, size * megabyte);
      for (const type of ['rsa-2048', 'p-256'] as const) {
        const { file, passphraseFile } = keys.make(`Bench ${type}`, type);
        const out = (name: string): string => join(folder, `${name}.out.pdf`);
        const [ours, libpdf, floor] = measure(
          [
            {
              name: 'skranke',
              args: [
                bundled.skranke,
                ...['sign', input, '-o', out('ours'), '--key', file],
                ...['--passphrase-file', passphraseFile],
              ],
              output: out('ours'),
            },
            {
              name: '@libpdf/core',
              args: [bundled.libpdf, input, out('libpdf'), file, passphraseFile],
              output: out('libpdf'),
            },
            {
              name: 'read, hash, write',
              args: [bundled.floor, input, out('floor')],
              output: out('floor'),
            },
          ],
          runs,
          bundled.peakMemory,
        );
        if (ours === undefined || libpdf === undefined || floor === undefined) continue;
        const row = { size, key: type, ours, libpdf, floor };
        rows.push(row);
        console.log(lineOf(row));
      }
      rmSync(input);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  writeFileSync(join(tmpdir(), 'skranke-bench-sign.json'), JSON.stringify(rows));
  return rows;
}

export const signHeader =
  '    size key       skranke   libpdf    floor   libpdf/ours  ours/floor  peak MB ours/libpdf';

function lineOf({ size, key, ours, libpdf, floor }: SignBenchRow): string {
  const ms = (measured: Measured): string => `${measured.milliseconds.toFixed(0)} ms`.padStart(8);
  const mb = (measured: Measured): string => (measured.peak / megabyte).toFixed(0);
  const faster = (libpdf.milliseconds / ours.milliseconds).toFixed(2);
  const slower = (ours.milliseconds / floor.milliseconds).toFixed(2);
  return `${`${size} MiB`.padStart(8)} ${key.padEnd(9)} ${ms(ours)} ${ms(libpdf)} ${ms(floor)}  ${faster.padStart(10)}  ${slower.padStart(10)}  ${mb(ours).padStart(8)} / ${mb(libpdf)}`;
}
