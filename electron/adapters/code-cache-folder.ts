/**
 * Where Node keeps the compiled code of the command line, which halves its start-up. In the user's own
 * cache and not in the shared temporary folder, Node's choice: whoever may write there could leave
 * code for others to run.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';

export function codeCacheFolder(): string {
  switch (process.platform) {
    case 'win32':
      return join(
        process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData/Local'),
        'Skranke/Cache/code',
      );
    case 'darwin':
      return join(homedir(), 'Library/Caches/Skranke/code');
    default:
      return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'skranke/code');
  }
}
