/** After a journey: a number and a name are searched for wherever the program writes. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import {
  aSigner,
  handOver,
  makeDraft,
  pin,
  setUp,
  signAtKiosk,
  startDesk,
} from '../support/desk.ts';

const number = '01818000010';
const name = 'Ragnfrid Zåkariassen';
const folder = mkdtempSync(join(tmpdir(), 'skranke-leaks-'));
// A place for temporary files of its own: other tests run at the same time and write what they like.
for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = join(folder, 'temporary');
mkdirSync(tmpdir());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As they would stand somewhere by mistake: plain, UTF-16, hex, base64 at each offset, in an address. */
function formsOf(secret: string): readonly Buffer[] {
  const spaced = secret.replace(/^(\d{6})(\d{5})$/, '$1 $2');
  const turned = secret.split(' ').reverse().join(' ');
  return [...new Set([secret, spaced, turned])].flatMap((text) => {
    const plain = Buffer.from(text);
    const base64 = [0, 1, 2].map((offset) =>
      Buffer.from(
        Buffer.concat([Buffer.alloc(offset), plain])
          .toString('base64')
          .slice(offset === 0 ? 0 : 4, -4),
      ),
    );
    const wide = Buffer.from(text, 'utf16le');
    return [
      ...[plain, wide, Buffer.from(wide).swap16(), ...base64],
      ...[Buffer.from(plain.toString('hex')), Buffer.from(encodeURIComponent(text))],
    ];
  });
}

const found = (bytes: Buffer, secret: string) =>
  formsOf(secret).some((form) => bytes.includes(form));

function filesIn(top: string): readonly string[] {
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

it('are nowhere but where they belong', async () => {
  const control = Buffer.from(`x${name} ${number}y`);
  // First of all: the search finds what is there, in each of the forms.
  for (const secret of [name, number])
    for (const form of formsOf(secret))
      expect(found(Buffer.concat([control, form]), secret)).toBe(true);
  expect(found(Buffer.from('nothing'), number)).toBe(false);

  const lines: string[] = [];
  const home = join(folder, 'home');
  const desk = startDesk({ home, log: (line) => lines.push(line) });
  const clerk = desk.visit();
  await setUp(clerk);
  const signers = [aSigner(name, 0, { nationalId: number }), aSigner('Ola', 1)];
  const { job } = await makeDraft(clerk, signers);
  await clerk.call('job.open', { job });
  for (const signer of signers) await signAtKiosk(clerk, job, signer.id);
  const second = await makeDraft(clerk, [aSigner(name, 0, { nationalId: number })]);
  await clerk.call('job.open', { job: second.job });
  await handOver(clerk, second.job, second.signers[0]?.id ?? '');
  await clerk.call('signing.decline', { reason: 'Nei' });
  await clerk.call('session.leave', { reason: 'done' });
  await clerk.call('session.resume', { pin });
  // What is refused is logged by its code alone.
  await clerk.try('job.create', { spec: { reference: `Sak ${number}` } });
  await clerk.try('job.create', { spec: { title: name, [number]: name } as never });
  await clerk.try('job.list', { search: name, limit: 10 });
  const exports = join(folder, 'exports');
  const { folder: exported } = await clerk.call('export.save', { jobs: [job], folder: exports });
  const drive = mkdtempSync(join(folder, 'drive-'));
  await clerk.call('settings.backupNow', { folder: drive });

  const searched: [place: string, bytes: Buffer][] = [];
  // While it runs, with the databases' -wal and -shm beside them, and after it has closed.
  const disk = (when: string) => {
    for (const top of [home, drive])
      for (const path of filesIn(top)) searched.push([`${when} ${path}`, readFileSync(path)]);
    for (const path of filesIn(tmpdir()))
      if (existsSync(path)) searched.push([`temporary ${path}`, readFileSync(path)]);
  };
  disk('open');
  await desk.app.close();
  disk('closed');
  searched.push(['log', Buffer.from(lines.join('\n'))]);
  for (const path of filesIn(folder)) searched.push(['a file’s name', Buffer.from(basename(path))]);
  expect(lines.length).toBeGreaterThan(10);
  expect(searched.length).toBeGreaterThan(20);
  const leaks = searched.flatMap(([place, bytes]) =>
    [name, number].filter((secret) => found(bytes, secret)).map(() => place),
  );
  expect(leaks).toEqual([]);

  // An export names the signer, whom it is about; the number is in none of its files.
  const files = filesIn(exported);
  expect(files.length).toBeGreaterThan(3);
  expect(files.some((path) => found(readFileSync(path), name))).toBe(true);
  expect(files.filter((path) => found(readFileSync(path), number))).toEqual([]);
  const bytes = searched.reduce((sum, [, one]) => sum + one.length, 0);
  console.log(`leak search: ${searched.length} places, ${bytes} bytes, 0 leaks`);
}, 120_000);
