/**
 * The main job by keyboard alone: Tab, Enter, space and arrows. At each step something has the focus, it
 * is seen, and the next Tab goes on from there: no trap, nothing lost.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { startAuthority } from './support/authority.ts';
import { expect, test } from './support/host.ts';
import { seedDesk } from './support/seed.ts';
import { signWithoutAMouse } from './support/without-a-mouse.ts';

/** A way round a whole screen is shorter than this; who goes further is in a trap. */
const longestRound = 150;

/** What has the focus, whether one sees that it has, and how many times it had it. */
function focused(page: Page) {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (at === null || at === document.body) return { words: '', seen: true, lost: true };
    const words = (at.getAttribute('aria-label') ?? (at as HTMLElement).innerText ?? '').slice(
      0,
      40,
    );
    // The ring stands on it, or on the box of which it is the unseen heart.
    const boxes: (Element | null)[] = [at, at.closest('label'), at.closest('.ds-field')];
    let around = at.parentElement;
    for (let up = 0; up < 4 && around !== null; up += 1) {
      boxes.push(around);
      around = around.parentElement;
    }
    const seen = boxes.some((each) => {
      if (each === null) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
    });
    const { bottom, right, top, left } = at.getBoundingClientRect();
    const inside = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
    // A link that is there only while it has the focus needs no ring to be seen.
    const appears = at.matches('.ds-skip-link');
    return {
      words: `${at.tagName} ${at.id} ${at.getAttribute('type') ?? ''} ${words}`,
      seen: (seen || appears) && inside,
      lost: false,
    };
  });
}

/** Tab by Tab to it; what is passed on the way must be seen, and something must always have the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const unseen: string[] = [];
  let lost = 0;
  for (let tabs = 0; tabs < longestRound; tabs += 1) {
    if (await target.evaluate((each) => each === document.activeElement)) {
      expect(unseen, 'focus that is not seen').toEqual([]);
      // In colours of the reader's own there are no shadows: a line must say it.
      await page.emulateMedia({ forcedColors: 'active' });
      expect((await focused(page)).seen, 'focus in forced colours').toBe(true);
      await page.emulateMedia({ forcedColors: null });
      return;
    }
    await page.keyboard.press('Tab');
    const at = await focused(page);
    // Once in a round the focus passes through the browser's own window.
    if (at.lost) lost += 1;
    else if (!at.seen) unseen.push(at.words);
    expect(lost, 'the focus was lost').toBeLessThanOrEqual(2);
  }
  throw new Error(`no Tab leads to ${String(target)}`);
}

test('the main job by keyboard alone', async ({ desk }) => {
  test.setTimeout(300_000);
  const authority = await startAuthority();
  await seedDesk(desk, { timestamps: authority.url, root: authority.root });
  const exports = join(desk.folder, 'eksport');
  mkdirSync(exports);
  await desk.call('settings.export', { folder: exports });
  const { page } = desk;
  // What slides into sight is in sight at once.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await signWithoutAMouse(
    desk,
    {
      async press(role, name, within) {
        const target = (within ?? page)
          .getByRole(role, { name, exact: typeof name === 'string' })
          .last();
        if (role === 'radio') {
          // One stop for the group; the arrows choose.
          const group = (within ?? page).getByRole('radio');
          await tabTo(page, group.and(page.locator(':checked, :not(:checked)')).first());
          for (let arrows = 0; arrows < 5 && !(await target.isChecked()); arrows += 1)
            await page.keyboard.press('ArrowDown');
          await expect(target).toBeChecked();
          return;
        }
        await tabTo(page, target);
        await page.keyboard.press('Enter');
      },
      async write(name, text, within) {
        await tabTo(page, (within ?? page).getByLabel(name, { exact: true }));
        await page.keyboard.press('ControlOrMeta+a');
        await page.keyboard.type(text);
      },
      // A new screen takes the focus to itself, or leaves it where the next Tab goes on.
      at: () => Promise.resolve(),
    },
    exports,
  );
  await authority.close();
});
