/** `skranke serve`: the web host, until it is stopped. */
import { dataFolder } from '../adapters/data-folder.ts';
import { startWebHost } from '../web/host.ts';
import { UsageError, command, parseFlags } from './console.ts';
import { exitCode } from './exit-code.ts';

export const main = command(async (args, terminal) => {
  const { values } = parseFlags(args, {
    home: { type: 'string' },
    port: { type: 'string', default: '0' },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new UsageError('--port takes a number up to 65535');
  const host = await startWebHost({ home: values.home ?? dataFolder(), port });
  terminal.emit({ url: host.url });
  terminal.say(`Skranke is ready. Open this address in a browser on this machine (it works once):`);
  terminal.say(host.url);
  terminal.say('Stop with Ctrl+C.');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await host.close();
  return exitCode.done;
});
