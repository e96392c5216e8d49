/** The last catch: a bug in main is named, never swallowed, and the archive needs no farewell. */
import { app, dialog } from 'electron';
import { randomBytes } from 'node:crypto';
import { stackOf } from '../rpc/stack-of.ts';

/** Everything durable was committed when it was answered, so leaving at once loses nothing. */
export function catchCrashes(log: (line: string) => void): void {
  const crash = (error: unknown): void => {
    const reference = randomBytes(4).toString('hex');
    log(`crash ${reference} ${stackOf(error)}`);
    dialog.showErrorBox(
      'Skranke må starte på nytt',
      `Noe gikk galt i programmet. Det som er signert, er lagret. Oppgi koden ${reference} hvis du melder fra.`,
    );
    app.relaunch();
    app.exit(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}
