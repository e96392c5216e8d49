/**
 * `npm run bench [-- MIB... | verify | desk] [-- --runs N]`: ours beside others in one run; ratios are what counts
 * on a shared machine. Signing, at 10 and 105 MiB: twice as fast as `@libpdf/core`, at most twice the floor,
 * and at 105 MiB a quarter of its memory. Verifying: the limits in `verify-bench.ts`; one that is not kept
 * is marked and fails the run. The desk: the limits in `desk-bench.ts`, in Chromium on the web host.
 */
import { parseArgs } from 'node:util';
import { bundleContenders } from './bundle-contenders.ts';
import { benchSigning, signHeader } from './sign-bench.ts';
import { benchVerification } from './verify-bench.ts';

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const sizes = positionals.map(Number).filter((size) => size > 0);
const runs = Number(values.runs);
const all = positionals.length === 0;
if (all || sizes.length > 0) {
  console.log(`B-B signing, disk to disk, whole process, median of ${runs}`);
  console.log(
    'All three bundled by the settings the command line is shipped with, Node’s code cache on for all',
  );
  console.log(signHeader);
  benchSigning(await bundleContenders(), sizes.length > 0 ? sizes : [1, 10, 105], runs);
}
if ((all || positionals.includes('verify')) && !(await benchVerification(runs)))
  process.exitCode = 1;
if (all || positionals.includes('desk')) {
  const { benchDesk } = await import('./desk-bench.ts');
  if (!(await benchDesk())) process.exitCode = 1;
}
