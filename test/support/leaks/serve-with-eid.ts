/** The web host as its own command starts it, but for e-ID providers on this machine. */
import { startWebHost } from '../../../electron/web/host.ts';

const [home = ''] = process.argv.slice(2);
process.umask(0o077);
const host = await startWebHost({ home, zone: 'Europe/Oslo', eid: { loopback: true } });
console.log(host.url);
process.once('SIGTERM', () => void host.close().then(() => process.exit(0)));
