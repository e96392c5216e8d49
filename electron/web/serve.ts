/** `node electron/web/serve.ts --home DIR --port N`: the web host by itself, until Ctrl+C. */
import { parseArgs } from 'node:util';
import { catchLast } from '../last-catch.ts';
import { startWebHost } from './host.ts';

const { values } = parseArgs({
  options: { home: { type: 'string' }, port: { type: 'string' } },
});
if (values.home === undefined) {
  console.error('usage: node electron/web/serve.ts --home DIR [--port N]');
  process.exit(2);
}
process.umask(0o077);
catchLast();
const host = await startWebHost({ home: values.home, port: Number(values.port ?? 0) });
console.log(host.url);
const stop = () => {
  void host.close().then(() => process.exit(0));
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
