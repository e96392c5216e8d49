/**
 * A desk on a small disk of its own that becomes full while somebody signs. `node full-disk.ts HOME`;
 * what happened is one JSON line.
 */
import { closeSync, openSync, readdirSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import {
  aSigner,
  drawnMark,
  handOver,
  makeDraft,
  pin,
  readAndConfirm,
  setUp,
  startDesk,
} from '../support/desk.ts';

const mount = process.argv[2] ?? '';
const home = join(mount, 'home');
const ballast = join(mount, 'ballast');

/** Until not one more byte fits. */
function fill(): void {
  const file = openSync(ballast, 'w');
  const { bsize } = statfsSync(mount);
  const block = Buffer.alloc(bsize);
  try {
    for (;;) writeSync(file, block);
  } catch {
    closeSync(file);
  }
}
const files = () =>
  readdirSync(home, { recursive: true, encoding: 'utf8' })
    // Beside what SQLite keeps, the marks of threads that have the archive open.
    .filter((name) => !/-(wal|shm)$|^staging\/open-/.test(name))
    .sort();

const desk = startDesk({ home });
const client = desk.visit();
await setUp(client);
const signers = [aSigner('Kari Nordmann'), aSigner('Ola Nordmann', 1)];
const made = await makeDraft(client, signers);
await client.call('job.open', { job: made.job });
await handOver(client, made.job, signers[0]?.id ?? '');
const shown = await readAndConfirm(client);
const before = files();
fill();
const refusals: string[] = [];
for (let tries = 0; tries < 3; tries++)
  refusals.push((await client.refusal('signing.sign', { shown, mark: drawnMark })).code);
const stillShown = (await client.call('signing.view', {})).documents[0]?.revision;
const leftovers = files().filter((name) => !before.includes(name));
// Whoever gives up meanwhile leaves an empty screen, full disk or not.
const declined = (await client.refusal('signing.decline', { reason: 'x' })).code;

rmSync(ballast);
const signed = await client.try('signing.sign', { shown, mark: drawnMark });
await client.call('session.leave', { reason: 'done' });
await client.call('session.resume', { pin });

await handOver(client, made.job, signers[1]?.id ?? '');
fill();
const left = await client.try('session.leave', { reason: 'stopped' });
const resting = (await client.call('session.state', {})).state;
rmSync(ballast);
await client.call('session.resume', { pin });
desk.app.closeClient(desk.visit().id);
const { job } = await client.call('job.get', { job: made.job });
const report = await client.call('archive.verify', {});
console.log(
  JSON.stringify({
    ...{ refusals, stillShown, leftovers, declined, signed: signed.ok, left: left.ok, resting },
    ...{ state: job.state, signers: job.signers.map(({ state }) => state) },
    ...{ revisions: job.revisions.map(({ revision }) => revision), problems: report.problems },
  }),
);
await desk.close();
