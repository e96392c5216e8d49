/** Files that cannot simply come in: behind a password, damaged, no document at all. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { button } from './support/clerk.ts';
import {
  dropFiles,
  makeCut,
  makeDamaged,
  makeForm,
  makeLocked,
  samplePath,
} from './support/files.ts';
import { expect, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk } from './support/seed.ts';

test('a locked, a damaged, a cut and a foreign file: each says what it is and what can be done', async ({
  desk,
}) => {
  const { page, folder } = desk;
  await seedDesk(desk);
  await button(page, 'Nytt oppdrag').first().click();
  await expect(page.getByRole('heading', { name: 'Legg inn dokumentene' })).toBeVisible();
  const locked = makeLocked(folder, 'hemmelig ord');
  const damaged = makeDamaged(folder);
  const text = join(folder, 'notat.pdf');
  writeFileSync(text, 'Dette er ikke en PDF, bare et notat.\n');
  await dropFiles(page.getByRole('main'), locked, damaged, makeCut(folder), text);
  const documents = page.getByRole('complementary', { name: 'Dokumenter' });
  const coming = (name: string) => documents.locator('.prep-card').filter({ hasText: name });

  await test.step('the password is asked for; a wrong one is told; the copy that comes in is open', async () => {
    const one = coming('låst.pdf');
    await one.getByLabel('Passord').fill('feil ord');
    await button(one, 'Lås opp').click();
    await expect(one.getByRole('alert')).toContainText(/passord/i);
    await expect(one.getByLabel('Passord')).toBeVisible();
    await one.getByLabel('Passord').fill('hemmelig ord');
    await button(one, 'Lås opp').click();
    await expect(one.getByLabel('Tittel')).toHaveValue('Låst');
    await expect(one).toContainText('Ren kopi');
  });

  await test.step('the damaged file is mended only when the clerk says so', async () => {
    const one = coming('skadet.pdf');
    await expect(one.getByRole('alert')).toBeVisible();
    await button(one, 'Lag en ren kopi').click();
    await expect(one.getByLabel('Tittel')).toHaveValue('Skadet');
    await expect(one).toContainText('Se over den');
  });

  await test.step('of a file that was cut off nobody can know what stood there', async () => {
    const one = coming('avbrutt.pdf');
    await expect(one.getByRole('alert')).toContainText('Filen er kuttet');
    await expect(button(one, 'Lag en ren kopi')).toHaveCount(0);
    await button(one, 'Ta bort').click();
    await expect(one).toHaveCount(0);
  });

  await test.step('what is no document is refused in plain words, and can be taken away', async () => {
    const one = coming('notat.pdf');
    await expect(one.getByRole('alert')).toContainText(/PDF/);
    await button(one, 'Ta bort').click();
    await expect(one).toHaveCount(0);
  });

  await test.step('the pages of the mended copies are drawn', async () => {
    await dropFiles(page.getByRole('main'), samplePath);
    await expect(documents.getByLabel('Tittel')).toHaveCount(3);
    for (const index of [0, 1, 2]) {
      await documents.getByLabel('Tittel').nth(index).focus();
      await expect(page.getByText('Side 1 av 4')).toBeVisible();
      await expect(page.locator('.prep-stage .pdf-page canvas')).toBeVisible();
    }
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
  });
});

test('two documents become one, a form only when one says so; a document is taken out again', async ({
  desk,
}) => {
  const { page, folder } = desk;
  await seedDesk(desk);
  await button(page, 'Nytt oppdrag').first().click();
  await expect(page.getByRole('heading', { name: 'Legg inn dokumentene' })).toBeVisible();
  await dropFiles(page.getByRole('main'), samplePath, samplePath);
  const documents = page.getByRole('complementary', { name: 'Dokumenter' });
  await expect(documents.getByLabel('Tittel')).toHaveCount(2);
  for (const box of await documents.getByRole('checkbox').all()) await box.check();
  await button(documents, 'Slå sammen 2 dokumenter til ett').click();
  await expect(documents.getByLabel('Tittel')).toHaveCount(1);
  await expect(documents.getByText(/8 sider/)).toBeVisible();
  await dropFiles(page.getByRole('main'), await makeForm(folder));
  await expect(documents.getByLabel('Tittel')).toHaveCount(2);
  for (const box of await documents.getByRole('checkbox').all()) await box.check();
  await button(documents, 'Slå sammen 2 dokumenter til ett').click();
  const asked = page.getByRole('dialog', { name: 'Skjemafeltene blir fast tekst' });
  await expect(asked).toBeVisible();
  await look(page, 'pages-merge-form');
  await button(asked, 'Tilbake').click();
  await expect(documents.getByLabel('Tittel')).toHaveCount(2);
  await button(documents, 'Slå sammen 2 dokumenter til ett').click();
  await button(asked, 'Gjør dem faste').click();
  await expect(documents.getByText(/9 sider/)).toBeVisible();
  await button(documents, 'Angre ordningen').click();
  await expect(documents.getByLabel('Tittel')).toHaveCount(2);
  await button(documents, 'Ta bort Skjema').click();
  await button(page.getByRole('dialog'), 'Ta bort').click();
  await expect(documents.getByLabel('Tittel')).toHaveCount(1);
  await button(documents, /^Ta bort /).click();
  await button(page.getByRole('dialog'), 'Ta bort').click();
  await expect(page.getByRole('heading', { name: 'Legg inn dokumentene' })).toBeVisible();
});
