/**
 * The program's worker as `npm test` has just built it: what ships is what is tested, and a desk need not
 * read its sources once more in each thread. A test run by itself uses the sources, which may be newer.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AppPorts } from '../../electron/app-ports.ts';
import { root } from './cli.ts';

export const builtWorker: Pick<AppPorts, 'worker'> =
  process.env['TEST_BUILT'] === '1'
    ? { worker: pathToFileURL(join(root, 'dist/cli/worker.js')) }
    : {};
