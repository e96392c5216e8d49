/** From a job to a template, from the template to a job, and from a list of twelve to ten jobs and two reasons. */
import { Buffer } from 'node:buffer';
import { expect, test } from './support/host.ts';
import { button, goTo, jobPage } from './support/clerk.ts';
import { look } from './support/look.ts';
import { seedDesk, seedDraft } from './support/seed.ts';

const names = ['Åse Berg', 'Bjørn Dahl', 'Cecilie Moe', 'Dag Lie', 'Eva Ruud', 'Finn Vik'];

function list(): string {
  const rows = Array.from({ length: 12 }, (_, index) => {
    const name = index === 3 ? '' : `${names[index % names.length] ?? ''} ${String(index + 1)}`;
    const number = index === 8 ? '12345678901' : '';
    return `${name};${number};Leieavtale ${String(index + 1)};24.12.2099`;
  });
  return ['Leietaker;Fødselsnummer;Tittel;Signeringsfrist', ...rows].join('\r\n');
}

test('a template, a job of it, and many from a list', async ({ desk }) => {
  const { page } = desk;
  await seedDesk(desk);
  await goTo(page, 'Maler');
  await expect(page.getByRole('heading', { name: 'Her ligger malene' })).toBeVisible();
  await look(page, 'templates-empty');
  await button(page, 'Ny mal').first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'template-new');
  await page.keyboard.press('Escape');

  const made = await seedDraft(desk, 'Leieavtale', ['Kari Nordmann'], { title: 'Leietaker' });
  await desk.call('job.open', { job: made.job });
  await goTo(page, 'Oppdrag');
  await page.getByRole('tab', { name: /^Venter/ }).click();
  await page.getByText('Leieavtale').first().click();
  const article = jobPage(page, 'Leieavtale');
  await button(article, 'Lagre som mal').click();
  await expect(page.getByText('Malen ligger under Maler.')).toBeVisible();
  await button(article, 'Lag en kopi').click();
  await expect(page.getByRole('dialog', { name: 'Lage en kopi?' })).toBeVisible();
  await look(page, 'job-copy');
  await page.keyboard.press('Escape');

  await goTo(page, 'Maler');
  await expect(page.getByRole('heading', { name: 'Leieavtale', level: 2 })).toBeVisible();
  await look(page, 'templates');
  await button(page, 'Bruk malen').click();
  const panel = page.getByRole('complementary', { name: 'Undertegnere' });
  await expect(panel.getByText('Skriv navnet på undertegneren')).toBeVisible();
  await look(page, 'template-used');

  await page.goBack();
  await button(page, 'Lag mange fra en liste').click();
  await expect(page.getByRole('heading', { name: 'Velg listen' })).toBeVisible();
  await look(page, 'bulk-choose');
  const choose = async (label: string, text: string) => {
    const chooser = page.waitForEvent('filechooser');
    await button(page, label).click();
    await (
      await chooser
    ).setFiles({
      ...{ name: 'leietakere.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(text, 'latin1'),
    });
  };
  await choose('Velg liste', list());
  await expect(page.getByText('«Fødselsnummer»: Fødselsnummeret er ikke gyldig.')).toBeVisible();
  await expect(page.getByText('Navn mangler (Leietaker).')).toBeVisible();
  await expect(page.getByLabel('Tegnsett')).toHaveValue('windows-1252');
  await look(page, 'bulk-review');
  await button(page, 'Lag og åpne 10 oppdrag').click();
  await expect(page.getByRole('heading', { name: '10 oppdrag er laget og åpnet' })).toBeFocused();
  await look(page, 'bulk-result');

  // The same list once more, mended: what was made is known again.
  await choose('Prøv disse på nytt med rettet liste', list().replace('12345678901', ''));
  await button(page, 'Lag og åpne 1 oppdrag').click();
  await expect(page.getByRole('heading', { name: '1 oppdrag er laget og åpnet' })).toBeFocused();
  const { counts } = await desk.call('job.list', { limit: 1 });
  expect(counts.waiting).toBe(12);
});
