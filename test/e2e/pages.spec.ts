/** Documents before anybody signs: office files come in, pages are arranged on one table, and taken back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { docx } from '../support/office-files.ts';
import { button, openSettings } from './support/clerk.ts';
import { dropFiles, makePicture, samplePath } from './support/files.ts';
import { expect, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk } from './support/seed.ts';

test('a letter from an office program comes in, and pages are arranged by mouse and keyboard', async ({
  desk,
}) => {
  // Three conversions by another program.
  test.slow();
  const { page, folder } = desk;
  await seedDesk(desk);

  await test.step('the settings say whether LibreOffice is here, and try it', async () => {
    await openSettings(page, 'Kontorfiler');
    await expect(page.getByText('LibreOffice er funnet')).toBeVisible();
    await button(page, 'Prøv').click();
    await expect(page.getByText(/^Prøvesiden ble PDF\/A-2b/)).toBeVisible({ timeout: 90_000 });
    await look(page, 'pages-office-settings');
    await button(page, 'English').click();
    await expect(page.getByText('LibreOffice is found')).toBeVisible();

    await button(page, 'Bokmål').click();
  });

  await page.getByRole('link', { name: 'Oppdrag' }).click();
  await button(page, 'Nytt oppdrag').first().click();
  await expect(page.getByRole('heading', { name: 'Legg inn dokumentene' })).toBeVisible();
  const documents = page.getByRole('complementary', { name: 'Dokumenter' });

  await test.step('a letter becomes PDF/A; what cannot come in says what to do', async () => {
    const letter = join(folder, 'Følgebrev 日本 עברית.docx');
    writeFileSync(letter, docx('Kjære Åse', 'Her er leieavtalen.'));
    const site = join(folder, 'side.html');
    writeFileSync(site, '<!doctype html><html><body>Hei</body></html>');
    await dropFiles(page.getByRole('main'), samplePath, letter, site);
    await expect(documents.getByLabel('Tittel')).toHaveCount(2, { timeout: 90_000 });
    await expect(documents).toContainText(
      // A name that runs the other way stands apart from the words around it.
      'Gjort om til PDF fra \u2068Følgebrev 日本 עברית.docx\u2069',
    );
    await expect(documents.getByRole('alert')).toContainText('En nettside kan ikke legges inn');
    await look(page, 'pages-documents');
    await button(documents, 'Ta bort').click();
  });

  const table = page.getByRole('main', { name: 'Ordne sider' });
  const tile = (title: string, number: number) =>
    table.getByRole('button', {
      name: new RegExp(`^\u2068?${title}\u2069?, side ${String(number)} av`),
    });
  const lease = 'Leieavtale';
  const letter = 'Følgebrev 日本 עברית';

  await test.step('by mouse: two pages are chosen and dragged into the letter', async () => {
    await button(documents, 'Ordne sider').click();
    await expect(table.getByText('0 av 5 sider valgt')).toBeVisible();
    await tile(lease, 3).click();
    await tile(lease, 4).click({ modifiers: ['Shift'] });
    await expect(table.getByText('2 av 5 sider valgt')).toBeVisible();
    await tile(lease, 4).dragTo(tile(letter, 1), { targetPosition: { x: 120, y: 60 } });
    await expect(tile(letter, 3)).toBeVisible();
    await expect(tile(lease, 3)).toHaveCount(0);
  });

  await test.step('by keyboard: the first page is turned and moved on, and one is taken out and back', async () => {
    await button(table, 'Velg ingen').click();
    await tile(lease, 1).focus();
    await page.keyboard.press('r');
    await page.keyboard.press('Alt+ArrowRight');
    await expect(tile(lease, 2)).toBeFocused();
    await expect(tile(lease, 2)).toHaveAccessibleName(/Dreid 90 grader/);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Delete');
    await expect(tile(lease, 2)).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await expect(tile(lease, 2)).toHaveCount(1);
    await page.keyboard.press('Control+y');
    await expect(tile(lease, 2)).toHaveCount(0);
    await tile(letter, 2).click();
    await look(page, 'pages-table', { also: ['low', 'wide'] });
  });

  await test.step('what is meant comes, and can be undone', async () => {
    await button(table, 'Bruk').click();
    await expect(table).toHaveCount(0);
    await expect(documents.getByText(/1 side/)).toBeVisible();
    await expect(documents.getByText(/3 sider/)).toBeVisible();
    await expect(documents).toContainText('Sider fra leieavtale.pdf: 3–4');
    await expect(page.locator('.prep-strip [data-drawn=true]').first()).toBeVisible();
    await look(page, 'pages-arranged');
    await button(documents, 'Angre ordningen').click();
    await expect(documents.getByText(/4 sider/)).toBeVisible();
    await expect(button(documents, 'Angre ordningen')).toHaveCount(0);
  });

  await test.step('the same file twice is noticed, and a picture is pasted', async () => {
    await dropFiles(page.locator('.prep'), samplePath, makePicture(folder));
    await expect(documents).toContainText('Samme fil som «Leieavtale»');
    await expect(documents.getByLabel('Tittel')).toHaveCount(4);
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(40, 30);
      canvas.getContext('2d')?.fillRect(0, 0, 20, 20);
      const clipboardData = new DataTransfer();
      const blob = await canvas.convertToBlob({ type: 'image/png' });
      clipboardData.items.add(new File([blob], 'image.png', { type: 'image/png' }));
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    });
    await expect(documents.getByLabel('Tittel')).toHaveCount(5);
    await expect(documents.getByLabel('Tittel').last()).toHaveValue('Utklipp');
    await look(page, 'pages-twin');
  });
});
