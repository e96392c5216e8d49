/** Type-checks every room with its own view of the world (shared: no DOM, no Node; renderer: no Node). */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const rooms = ['shared', 'electron/core', 'electron', 'renderer', 'test'];

function check(room: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('tsc', ['--project', room, '--noEmit', '--pretty', 'false'], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    child.on('exit', (code) => {
      console.log(`${code === 0 ? '✓' : '✗'} types: ${room}`);
      resolve(code === 0);
    });
  });
}

const [shared, core, ...rest] = rooms;
const results = await Promise.all([shared, core].map((room) => check(room as string)));
for (const room of rest) results.push(await check(room));
process.exitCode = results.every(Boolean) ? 0 : 1;
