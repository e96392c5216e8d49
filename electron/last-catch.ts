/** Where a program without a window says that it broke, before it ends. */
import { stackOf } from './rpc/stack-of.ts';

/**
 * A bug that nobody caught ends the program; a promise that nobody waited for comes here, too. Said is
 * where it broke and never the message, as Node would: it may quote what a person wrote.
 */
export function catchLast(): void {
  process.on('uncaughtException', (error: unknown) => {
    process.stderr.write(`crash ${stackOf(error)}\n`);
    process.exit(2);
  });
}
