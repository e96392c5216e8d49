/** The floor: the same bytes read, hashed and written with the same temporary file, fsync and rename. */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [input = '', output = ''] = process.argv.slice(2);
const from = openSync(input, 'r');
const temporary = join(dirname(output), `.floor-${randomBytes(6).toString('hex')}.part`);
const to = openSync(temporary, 'wx', 0o600);
const hash = createHash('sha256');
const window = new Uint8Array(1024 * 1024);
for (let count = readSync(from, window); count > 0; count = readSync(from, window)) {
  hash.update(window.subarray(0, count));
  for (let done = 0; done < count;) done += writeSync(to, window, done, count - done);
}
hash.digest();
fsyncSync(to);
renameSync(temporary, output);
closeSync(to);
const folder = openSync(dirname(output), 'r');
fsyncSync(folder);
closeSync(folder);
