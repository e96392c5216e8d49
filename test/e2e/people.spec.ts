/** The address book: somebody is put there, found by typing, taken into a job, kept from one, and deleted. */
import { expect, test } from './support/host.ts';
import { button, goTo } from './support/clerk.ts';
import { look } from './support/look.ts';
import { seedDesk, seedDraft } from './support/seed.ts';

test('people and groups, from the book into a job', async ({ desk }) => {
  const { page } = desk;
  await seedDesk(desk);
  await goTo(page, 'Adressebok');
  await expect(page.getByText('Her ligger personer dere ofte ber om signatur')).toBeVisible();
  await look(page, 'people-empty');
  await button(page, 'Ny person').click();
  const dialog = page.getByRole('dialog', { name: 'Ny person' });
  await dialog.getByLabel('Navn', { exact: true }).fill('Åse Styreleder');
  await dialog.getByLabel('Rolle eller stilling').fill('Styreleder');
  await dialog.getByLabel('Fødselsnummer').fill('01818000010');
  await dialog.getByLabel('E-post').fill('ase@example.org');
  await look(page, 'people-new');
  await button(dialog, 'Lagre').click();
  const row = page.getByRole('button', { name: /^Åse Styreleder/ });
  await expect(row).toContainText('018180*****');
  await button(page, 'Ny gruppe').click();
  const group = page.getByRole('dialog', { name: 'Ny gruppe' });
  await group.getByLabel('Navn på gruppen').fill('Styret');
  await group.getByLabel('Åse Styreleder', { exact: true }).check();
  await look(page, 'people-group');
  await button(group, 'Lagre').click();
  await expect(page.getByRole('button', { name: /^Styret/ })).toContainText('1 person');
  await look(page, 'people');

  const { job } = await seedDraft(desk, 'Protokoll', ['Nils Ny']);
  await page.goto(`${new URL('/', page.url()).href}#/prepare/${job}`);
  const panel = page.getByRole('complementary', { name: 'Undertegnere' });
  await button(panel, 'Legg til undertegner').click();
  const name = panel.getByRole('combobox', { name: 'Navn', exact: true });
  await name.fill('åse');
  const option = panel.getByRole('option', { name: /^Åse Styreleder/ });
  await expect(option).toBeVisible();
  await look(page, 'people-combobox');
  await name.press('ArrowDown');
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await name.press('Enter');
  await expect(name).toHaveValue('Åse Styreleder');
  await expect(panel.getByLabel('Rolle i dokumentet')).toHaveValue('Styreleder');
  await panel.getByLabel('Legg til en gruppe').selectOption({ label: 'Styret (1 person)' });
  await expect(panel.locator('.prep-signer')).toHaveCount(3);
  await expect
    .poll(async () =>
      (await desk.call('job.get', { job })).job.signers.map((one) => one.nationalId),
    )
    .toEqual([undefined, '018180*****', '018180*****']);

  await page.goto(`${new URL('/', page.url()).href}#/people`);
  await row.click();
  await button(page.getByRole('dialog', { name: 'Åse Styreleder' }), 'Slett personen').click();
  await expect(page.getByText('Personen er slettet.')).toBeVisible();
  expect((await desk.call('person.find', { text: '', limit: 10 })).total).toBe(0);
});
