/** The watched folder in a running desk: dropped, opened, signed at the kiosk, sealed, and out again. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { setUp, signAtKiosk, startAuthority, startDesk, until } from '../support/desk.ts';
import { aJobFile, sample } from '../support/watched-folder.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Status {
  readonly job: string;
  readonly state: string;
  readonly signers: readonly { readonly state: string; readonly since: string | null }[];
  readonly export: {
    readonly folder: string;
    readonly files: readonly { readonly name: string; readonly sha256: string }[];
  } | null;
}

it(
  'a job comes in, is signed, and goes out sealed under its name',
  { timeout: 60_000 },
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'skranke-journey-'));
    const folders = { in: join(root, 'inn'), out: join(root, 'ut') };
    mkdirSync(folders.in);
    mkdirSync(folders.out);
    // Time in which a file is seen at rest passes quickly here.
    const desk = startDesk({ uptime: () => performance.now() * 20 });
    const authority = await startAuthority();
    closing.push(
      () => desk.close(),
      () => authority.timestamps.close(),
      () => rmSync(root, { recursive: true }),
    );
    const clerk = desk.visit();
    await setUp(clerk);
    const authorities = [{ url: authority.timestamps.url }];
    await clerk.call('settings.timestamps', { authorities });
    const { users } = await clerk.call('settings.folder', {});
    const user = users[0]?.id ?? '';
    const check = await clerk.call('settings.checkFolder', { ...folders, user });
    expect(check.map(({ code }) => code)).toEqual([null, null, null]);
    await clerk.call('settings.putFolder', { on: true, ...folders, user, open: true });

    writeFileSync(join(folders.in, 'avtale.pdf'), sample);
    writeFileSync(join(folders.in, 'sak-17.json'), JSON.stringify(aJobFile()));
    const path = join(folders.out, 'sak-17.status.json');
    const told = (is: (status: Status) => boolean) =>
      until(() => {
        if (!readdirSync(folders.out).includes('sak-17.status.json')) return null;
        const status = JSON.parse(readFileSync(path, 'utf8')) as Status;
        return is(status) ? status : null;
      });
    const { job } = await told(({ state }) => state === 'open');
    expect((await clerk.call('job.get', { job })).events[0]).toMatchObject({
      actor: user,
      event: { type: 'created', cameIn: { name: 'sak-17' } },
    });
    const state = await until(async () => {
      const { state: now } = await clerk.call('settings.folder', {});
      return now.taken === 1 && now;
    });
    expect(state).toMatchObject({ refused: 0, troubles: [] });

    await signAtKiosk(clerk, job, 'signer-1');
    const sealed = await told((status) => status.export !== null);
    expect(sealed).toMatchObject({ state: 'sealed', signers: [{ number: 1, state: 'SIGNED' }] });
    expect(sealed.signers[0]?.since).not.toBeNull();
    expect(sealed.export?.folder).toBe('sak-17');
    const files = sealed.export?.files ?? [];
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['document-1.pdf', 'evidence.json', 'metadata.json']),
    );
    for (const { name, sha256 } of files) {
      const bytes = readFileSync(join(folders.out, 'sak-17', name));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
    expect(readFileSync(path, 'utf8')).not.toMatch(/01818000010|Nordmann/);
    const { job: after } = await clerk.call('job.get', { job });
    expect(after.exported).not.toBeNull();
  },
);
