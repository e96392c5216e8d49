/** A first draft: nothing at hand but the example, and a page that takes its time. */
import { button } from './support/clerk.ts';
import { expect, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk } from './support/seed.ts';

test('an empty draft offers an example, and a page on its way says so', async ({ desk }) => {
  const { page } = desk;
  await seedDesk(desk);
  await button(page, 'Nytt oppdrag').first().click();
  let deliver = () => {};
  const gate = new Promise<void>((open) => (deliver = open));
  await page.route('**/document/**', async (route) => {
    await gate;
    await route.continue();
  });

  await test.step('the example comes in under a name that says what it is', async () => {
    await expect(button(page, 'Velg filer')).toBeVisible();
    await look(page, 'prepare-empty', { also: ['low'] });
    await button(page, 'Prøv med et eksempel').click();
    const documents = page.getByRole('complementary', { name: 'Dokumenter' });
    await expect(documents.getByLabel('Tittel')).toHaveValue('Eksempel – leieavtale');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Eksempel – leieavtale');
  });

  await test.step('its page is told to be on its way, and is not any more when it stands', async () => {
    const stage = page.getByRole('main');
    const wait = stage.getByRole('status').filter({ hasText: 'Siden hentes' });
    await expect(wait).toBeVisible();
    await look(page, 'prepare-page-wait');
    deliver();
    await expect(wait).toHaveCount(0);
    await expect(stage.getByRole('group', { name: /side 1$/ })).toContainText('Øvingslokale');
  });
});
