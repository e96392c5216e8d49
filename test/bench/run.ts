/** `npm run bench`: ours beside others in one run; ratios are what counts on a shared machine. */
import { benchSigning, signHeader } from './sign-bench.ts';

const sizes = process.argv.slice(2).map(Number).filter((size) => size > 0);
console.log('B-B signing, disk to disk, whole process, median of 5');
console.log(signHeader);
benchSigning(sizes.length > 0 ? sizes : [1, 10, 105], 5);
