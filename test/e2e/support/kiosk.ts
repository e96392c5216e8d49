/** What a signer does before the last step: says who they are, reads every page, confirms. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { wordsOf } from './words.ts';

export async function readToTheEnd(page: Page, say: ReturnType<typeof wordsOf>): Promise<void> {
  const press = (key: string) => page.getByRole('button', { name: say(key), exact: true }).click();
  await press('kiosk:who.yes');
  const confirm = page.getByRole('heading', { name: say('kiosk:confirm.title') });
  const forward = page
    .getByRole('button', {
      name: new RegExp(
        `^(${['more', 'next', 'nextDocument', 'done'].map((key) => say(`kiosk:read.${key}`)).join('|')})$`,
      ),
    })
    .last();
  for (let presses = 0; presses < 200; presses += 1) {
    await expect(confirm.or(forward)).toBeVisible();
    if (await confirm.isVisible()) break;
    await forward.click();
  }
  await press('kiosk:confirm.yes');
}
