/** The evidence of a job that has ended goes to the printer from beside its documents. */
import { button } from './support/clerk.ts';
import { expect, test } from './support/host.ts';
import { seedDesk, seedJob } from './support/seed.ts';

test('the evidence is printed, every page of it, and nothing is left on screen', async ({
  desk,
}) => {
  const { page } = desk;
  await seedDesk(desk);
  const { job } = await seedJob(desk, 'Leieavtale, rom 12', ['Kari Nordmann']);
  await page.evaluate((id) => (location.hash = `#/jobs/${id}`), job);
  await expect(page.getByRole('heading', { name: 'Leieavtale, rom 12' })).toBeVisible();
  await expect(button(page, 'Skriv ut signeringsbeviset')).toHaveCount(0);
  await desk.call('job.cancel', { job, reason: 'Leieforholdet ble ikke noe av' });
  // The printer's own dialog is the system's: what lies ready for it is counted when it is asked for.
  await page.evaluate(() => {
    window.print = () => {
      const pages = document.querySelectorAll<HTMLCanvasElement>('.print-sheet-pages canvas');
      document.body.dataset['printed'] = [...pages].map(({ width }) => width > 0).join();
      window.dispatchEvent(new Event('afterprint'));
    };
  });
  await button(page, 'Skriv ut signeringsbeviset').click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', /^true(,true)*$/);
  await expect(page.locator('.print-sheet-pages')).toHaveCount(0);
});
