/**
 * A screen of the list as it stands: pictures in bokmål and English, light and dark, and what a machine can
 * say about each. The words are changed where the screen stands, so that one journey shows all four.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { root } from '../../support/cli.ts';
import { axeTroubles, forcedTroubles, shapeTroubles } from './inspection.ts';
import { speakLive } from './live-language.ts';
import { recordLook } from './looked.ts';
import type { Screen } from './screens.ts';

const pictures = join(root, 'screenshots');
mkdirSync(pictures, { recursive: true });

/** A desk’s window; a standing screen of the counter; a wide one; one enlarged; tablets; a telephone. */
export const sizes = {
  desk: { width: 1280, height: 800 },
  tall: { width: 1080, height: 1920 },
  wide: { width: 1920, height: 1080 },
  low: { width: 800, height: 600 },
  tablet: { width: 768, height: 1024 },
  slate: { width: 820, height: 1180 },
  lying: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
} as const;
export type Size = keyof typeof sizes;

export interface LookOptions {
  /** 1280 x 800 always; these too. */
  readonly also?: readonly Size[];
}

/** A screen of the list: everything that must hold on it, in both languages and both schemes. */
export async function look(page: Page, screen: Screen, options: LookOptions = {}): Promise<void> {
  const own = await page.evaluate(() => document.documentElement.lang);
  const languages = own === 'en' ? (['en', 'nb'] as const) : (['nb', 'en'] as const);
  for (const language of languages) {
    if (language !== own) await speakLive(page, language);
    await picture(page, `${screen}-${language}`);
    expect.soft(await axeTroubles(page, 'all'), `${screen}, ${language}`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await shoot(page, `${screen}-${language}-dark`);
    // What is said differs by language, what is seen by scheme; the rest is the same four times.
    expect.soft(await axeTroubles(page, 'colours'), `${screen}, ${language}, dark`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    recordLook({ screen, language });
  }
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await shoot(page, `${screen}-forced`);
  expect.soft(await forcedTroubles(page), `${screen}, in forced colours`).toEqual([]);
  await page.emulateMedia({ forcedColors: null, reducedMotion: null });
  // Last: a page of a document takes a moment to be drawn anew when the window is another.
  const window = page.viewportSize() ?? sizes.desk;
  for (const size of options.also ?? []) {
    await page.setViewportSize(sizes[size]);
    for (const language of languages.toReversed()) {
      await speakLive(page, language);
      await picture(page, `${screen}-${language}-${size}`);
    }
  }
  await page.setViewportSize(window);
  await speakLive(page, own);
  await settled(page);
}

/** In the words, colours and size that are there; nothing cut off, too small or out of reach. */
export async function picture(page: Page, name: string): Promise<void> {
  await shoot(page, name);
  expect.soft(await shapeTroubles(page), name).toEqual([]);
}

/** The picture alone, where another measure is taken. */
export async function shoot(page: Page, name: string): Promise<void> {
  await settled(page);
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
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
