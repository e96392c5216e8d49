/**
 * Loaded before the program (`node --import`): breaks it where a file of that name lies in the folder
 * that `SKRANKE_FAULTS` names, with the file's own text as the error's message. `host`: whatever asks
 * for work; `worker`: all work for as long as it lies there; `nobody`: a promise that nobody waits for.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const folder = process.env['SKRANKE_FAULTS'];

function fault(name: string): Error | null {
  if (folder === undefined) return null;
  const file = join(folder, name);
  if (!existsSync(file)) return null;
  const message = readFileSync(file, 'utf8');
  // Work that runs by itself must not use up what was meant for another's.
  if (name !== 'worker') rmSync(file, { force: true });
  return new Error(message, { cause: message });
}

const now = Date.now.bind(Date);
Date.now = () => {
  const error = fault(isMainThread ? 'host' : 'worker');
  if (error !== null) throw error;
  return now();
};

if (isMainThread)
  setInterval(() => {
    const error = fault('nobody');
    if (error !== null) void Promise.reject(error);
  }, 50).unref();
