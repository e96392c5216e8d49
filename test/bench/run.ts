/**
 * `npm run bench [-- MIB...] [-- --runs N]`: ours beside others in one run; ratios are what counts on a
 * shared machine. Demanded at 10 and 105 MiB: twice as fast as `@libpdf/core`, at most twice the floor,
 * and at 105 MiB a quarter of its memory.
 */
import { parseArgs } from 'node:util';
import { bundleContenders } from './bundle-contenders.ts';
import { benchSigning, signHeader } from './sign-bench.ts';

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const sizes = positionals.map(Number).filter((size) => size > 0);
const runs = Number(values.runs);
console.log(`B-B signing, disk to disk, whole process, median of ${runs}`);
console.log(
  'All three bundled by the settings the command line is shipped with, Node’s code cache on for all',
);
console.log(signHeader);
benchSigning(await bundleContenders(), sizes.length > 0 ? sizes : [1, 10, 105], runs);
