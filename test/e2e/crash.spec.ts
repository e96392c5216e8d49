/** A bug in a screen ends in calm words and a way on, never in a white window. */
import { button, goTo } from './support/clerk.ts';
import { expect, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk } from './support/seed.ts';

test('a screen that breaks says so, and the desk is there again', async ({ desk }) => {
  const { page, complaints } = desk;
  await seedDesk(desk);
  // What the office’s log writes its dates with breaks under it.
  await page.evaluate(() => {
    Intl.DateTimeFormat = function broken() {
      throw new RangeError('no dates in this journey');
    } as unknown as typeof Intl.DateTimeFormat;
  });
  await goTo(page, 'Arkiv');
  await page.getByRole('tab', { name: 'Kontorets logg' }).click();
  await expect(page.getByText('window.crashed · RangeError')).toBeVisible();
  await look(page, 'crash');
  await button(page, 'Start vinduet på nytt').click();
  await expect(page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
  // The browser has said what happened; nothing else went wrong.
  const said = complaints.splice(0);
  expect(said.length).toBeGreaterThan(0);
  expect(said.filter((each) => !each.includes('no dates in this journey'))).toEqual([]);
});
