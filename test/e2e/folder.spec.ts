/** Jobs from other systems: set up by an administrator, tried, and a job that comes in and is told of. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { button, clerk, openJob, openSettings } from './support/clerk.ts';
import { samplePath } from './support/files.ts';
import { expect, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk } from './support/seed.ts';

test('a watched folder: explained, tried, turned on, and used', async ({ desk }) => {
  test.setTimeout(120_000);
  const { page, folder } = desk;
  await seedDesk(desk);
  await openSettings(page, 'Fra andre systemer');
  await expect(page.getByText('Slik virker det')).toBeVisible();
  await look(page, 'settings-folder-empty', { also: ['low'] });

  const into = join(folder, 'inn');
  const out = join(folder, 'ut');
  mkdirSync(into);
  await page.getByLabel('Inn-mappe').fill(into);
  await page.getByLabel('Ut-mappe').fill(out);
  await button(page, 'Prøv nå').click();
  const answers = page.getByRole('status').filter({ hasText: 'Ut-mappe' });
  await expect(answers).toContainText('Mappen finnes ikke');
  await expect(answers).toContainText('I orden');
  await look(page, 'settings-folder-checked');
  mkdirSync(out);
  await page.getByLabel('På vegne av').selectOption({ label: clerk.name });
  await page.getByLabel('Hent oppdrag fra mappen').check();
  await button(page, 'Lagre').click();
  await expect(page.getByText('Lagret.')).toBeVisible();

  writeFileSync(join(into, 'avtale.pdf'), readFileSync(samplePath));
  const spec = {
    title: 'Leieavtale fra fagsystemet',
    documents: [{ file: 'avtale.pdf' }],
    signers: [{ name: 'Kari Nordmann' }],
  };
  writeFileSync(join(into, 'sak-17.json'), JSON.stringify(spec));
  await expect(page.getByText('1 hentet, 0 avvist')).toBeVisible({ timeout: 60_000 });
  await page.getByText('Slik virker det').waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Fra andre systemer' }).scrollIntoViewIfNeeded();
  await look(page, 'settings-folder-used');
  expect(existsSync(join(into, 'taken', 'sak-17.json'))).toBe(true);
  expect(readFileSync(join(out, 'sak-17.status.json'), 'utf8')).toContain('"state": "draft"');

  renameSync(out, `${out}-borte`);
  await expect(page.getByText('Oppdrag fra andre systemer står stille')).toBeVisible({
    timeout: 60_000,
  });
  await page.getByText('Oppdrag fra andre systemer står stille').scrollIntoViewIfNeeded();
  await look(page, 'settings-folder-away');
  await openJob(page, 'Utkast', 'Leieavtale fra fagsystemet');
  await expect(page.getByText('Oppdrag fra andre systemer står stille')).toBeVisible();
  await look(page, 'folder-notice');
});
