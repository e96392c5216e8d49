/** A sealed job on its way out: the program dies between two steps, and starts anew. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { unlockWithRecoveryCode } from '../../electron/archive/keys.ts';
import { unwrap } from '../../shared/result.ts';
import { setUp, signAtKiosk, startAuthority, startDesk, until } from '../support/desk.ts';
import { aJobFile, dyingAfter, sample, watchFolder } from '../support/watched-folder.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A home whose one job is sealed, and whose out folder was away all the time. */
async function sealedHome(root: string): Promise<{ home: string; key: Uint8Array; job: string }> {
  const folders = { in: join(root, 'inn'), out: join(root, 'ut') };
  mkdirSync(folders.in);
  mkdirSync(folders.out);
  const home = join(root, 'home');
  const desk = startDesk({ home, uptime: () => performance.now() * 20 });
  const authority = await startAuthority();
  closing.push(() => authority.timestamps.close());
  try {
    const clerk = desk.visit();
    const code = await setUp(clerk);
    const authorities = [{ url: authority.timestamps.url }];
    await clerk.call('settings.timestamps', { authorities });
    const user = (await clerk.call('settings.folder', {})).users[0]?.id ?? '';
    await clerk.call('settings.putFolder', { on: true, ...folders, user, open: false });
    renameSync(folders.out, `${folders.out}-borte`);
    writeFileSync(join(folders.in, 'avtale.pdf'), sample);
    writeFileSync(join(folders.in, 'sak.json'), JSON.stringify(aJobFile()));
    const job = await until(async () => {
      const { rows } = await clerk.call('job.list', { limit: 1 });
      return rows[0]?.id;
    });
    await clerk.call('job.open', { job });
    await signAtKiosk(clerk, job, 'signer-1');
    await until(async () => (await clerk.call('job.get', { job })).job.state === 'sealed');
    return { home, key: unwrap(unlockWithRecoveryCode(home, code)), job };
  } finally {
    await desk.close();
  }
}

it('goes out once, under its name, whole', { timeout: 120_000 }, async () => {
  const root = mkdtempSync(join(tmpdir(), 'skranke-export-'));
  closing.push(() => rmSync(root, { recursive: true }));
  const { home, key, job } = await sealedHome(root);
  let steps = 0;
  for (let died = true; died; steps += 1) {
    const folder = watchFolder({ key, copy: (to) => cpSync(home, to, { recursive: true }) });
    try {
      died = await folder.look(dyingAfter(steps)).then(
        ({ troubles }) => troubles.length > 0,
        () => true,
      );
      folder.restart();
      await folder.look();
      await folder.look();
      const names = folder.list(folder.out).filter((name) => !name.startsWith('receipt-'));
      expect(names, `after ${steps} steps`).toEqual(['sak', 'sak.status.json']);
      expect(folder.status('sak')).toMatchObject({ job, state: 'sealed', problem: null });
      const sums = readFileSync(join(folder.out, 'sak', 'checksums.sha256'), 'utf8');
      expect(sums).toContain('document-1.pdf');
      const { archive } = folder.desk;
      const exports = archive.events(job).filter(({ event }) => event.type === 'exported');
      expect(exports).toHaveLength(1);
      expect(archive.outbox('folder', 10)).toEqual([]);
    } finally {
      folder.close();
    }
  }
  expect(steps).toBeGreaterThan(4);
});
