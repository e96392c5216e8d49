/** `skranke serve`: the web host, until it is stopped. */
import { Refusal, attemptAsync } from '../../shared/result.ts';
import { dataFolder } from '../adapters/data-folder.ts';
import { startWebHost } from '../web/host.ts';
import type { WebHost } from '../web/host.ts';
import { UsageError, command, parseFlags } from './console.ts';
import { exitCode, exitCodeFor } from './exit-code.ts';

export const main = command(async (args, terminal) => {
  const { values } = parseFlags(args, {
    home: { type: 'string' },
    port: { type: 'string', default: '0' },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new UsageError('--port takes a number up to 65535');
  const started = await attemptAsync(() => listen(values.home ?? dataFolder(), port));
  if (!started.ok) {
    terminal.failure(started.error);
    return exitCodeFor(started.error);
  }
  const host = started.value;
  // Before anybody knows the address, and may want it gone again.
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  terminal.emit({ url: host.url });
  terminal.say(`Skranke is ready. Open this address in a browser on this machine (it works once):`);
  terminal.say(host.url);
  terminal.say('Stop with Ctrl+C.');
  await stopped;
  await host.close();
  return exitCode.done;
});

async function listen(home: string, port: number): Promise<WebHost> {
  try {
    return await startWebHost({ home, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES')
      throw new Refusal('service.port-taken', 'The port is not free on this machine.', { port });
    throw error;
  }
}
