/** A picture of the screen as it stands, with what a machine can say about it: axe, overflow, reach. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { root } from '../../support/cli.ts';

const pictures = join(root, 'screenshots');
mkdirSync(pictures, { recursive: true });

/** A desk’s window; a standing screen of the counter; a wide one; one enlarged. */
export const sizes = {
  desk: { width: 1280, height: 800 },
  tall: { width: 1080, height: 1920 },
  wide: { width: 1920, height: 1080 },
  low: { width: 800, height: 600 },
} as const;
export type Size = keyof typeof sizes;

export interface LookOptions {
  /** 1280 x 800 always; these too. */
  readonly also?: readonly Size[];
  readonly dark?: boolean;
  /** True where absent. */
  readonly axe?: boolean;
}

export async function look(page: Page, name: string, options: LookOptions = {}): Promise<void> {
  for (const size of ['desk', ...(options.also ?? [])] as const) {
    await page.setViewportSize(sizes[size]);
    await settled(page);
    const path = join(pictures, `${name}${size === 'desk' ? '' : `-${size}`}.png`);
    await page.screenshot({ path, animations: 'disabled' });
    expect(await troubles(page), `${name}, ${size}`).toEqual([]);
  }
  if ((options.also ?? []).length > 0) {
    await page.setViewportSize(sizes.desk);
    await settled(page);
  }
  if (options.axe !== false) await inspect(page, name);
  if (options.dark === true) {
    await page.emulateMedia({ colorScheme: 'dark' });
    await settled(page);
    await page.screenshot({ path: join(pictures, `${name}-dark.png`), animations: 'disabled' });
    await inspect(page, `${name}, dark`);
    await page.emulateMedia({ colorScheme: 'light' });
  }
}

/** Fonts, pages and two frames: what a resize or a scheme changes is on screen. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    await frame();
    await frame();
  });
}

async function inspect(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => String(node.target)).join(', ')}`,
    ),
    name,
  ).toEqual([]);
}

/** What sticks out, is cut off or is too small to press. */
function troubles(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { documentElement: html } = document;
    if (html.scrollWidth > html.clientWidth) found.push('the page scrolls sideways');
    const dialog = document.querySelector('dialog[open]');
    const kiosk = document.querySelector('.kiosk') !== null;
    const scope = dialog ?? document;
    for (const each of scope.querySelectorAll<HTMLElement>('button, a[href], [role=tab]')) {
      const box = each.getBoundingClientRect();
      if (box.width <= 1 || each.matches('.ds-skip-link')) continue;
      const words = (each.innerText || each.getAttribute('aria-label') || '').slice(0, 40);
      if (each.scrollWidth > each.clientWidth + 1) found.push(`cut off: ${words}`);
      const least = kiosk && !each.closest('.prep') ? 44 : 43.5;
      if (Math.min(box.width, box.height) < least) found.push(`small: ${words}`);
      if (kiosk && each.closest('.k-actions, .k-head, .k-over-actions') !== null)
        if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.top < -1)
          found.push(`outside the screen: ${words}`);
    }
    return found;
  });
}
