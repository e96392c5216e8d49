/**
 * WCAG 2.2 AA at the desk and the kiosk, for whoever enlarges: 200 % text (1.4.4), 400 % zoom, which is a
 * window of 320 × 256 (1.4.10), text spacing (1.4.12). Nothing cut off, beside the window, or under
 * something else; only the pages of a document scroll both ways.
 */
import { join } from 'node:path';
import { root } from '../support/cli.ts';
import { expect, test } from './support/host.ts';
import type { OpenedHost } from './support/host.ts';
import { reflowTroubles } from './support/reflow.ts';
import { seedWalk, walkDesk, walkKiosk } from './support/walk.ts';
import { wordsOf } from './support/words.ts';

const say = wordsOf('nb');
const usual = { width: 1280, height: 800 };

interface Setting {
  readonly name: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly text?: string;
  readonly spacing?: true;
}

const settings: readonly Setting[] = [
  { name: '200 % text', size: usual, text: '200%' },
  { name: '200 % zoom', size: { width: 640, height: 400 } },
  { name: '400 % zoom', size: { width: 320, height: 256 } },
  { name: 'text spacing', size: usual, spacing: true },
];

const spacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`;

/** The window under every setting, and back to the usual one. */
function looker(desk: OpenedHost, found: string[]) {
  return async (screen: string) => {
    const { page } = desk;
    for (const { name, size, text = '', spacing: wide } of settings) {
      await page.setViewportSize(size);
      await page.evaluate(
        async ([fontSize, rules]) => {
          document.documentElement.style.fontSize = fontSize;
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(rules);
          document.adoptedStyleSheets = [sheet];
          const frame = () => new Promise((done) => requestAnimationFrame(done));
          await frame();
          await frame();
        },
        [text, wide === true ? spacing : ''] as const,
      );
      for (const trouble of await reflowTroubles(page))
        found.push(`${screen}, ${name}: ${trouble}`);
      if (process.env['PICTURES'] !== undefined || name === '400 % zoom')
        await page.screenshot({
          path: join(root, 'screenshots', `zoom-${screen}-${name}.png`.replaceAll(/[ %,/]+/g, '-')),
          animations: 'disabled',
        });
    }
    await page.setViewportSize(usual);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '';
      document.adoptedStyleSheets = [];
    });
  };
}

test('the desk, enlarged', async ({ desk }) => {
  test.setTimeout(600_000);
  const found: string[] = [];
  const seeded = await seedWalk(desk);
  await desk.page.emulateMedia({ reducedMotion: 'reduce' });
  await walkDesk(desk, say, seeded, looker(desk, found));
  expect(found).toEqual([]);
});

test('the kiosk, enlarged', async ({ desk }) => {
  test.setTimeout(600_000);
  const found: string[] = [];
  const { job } = await seedWalk(desk);
  await desk.page.emulateMedia({ reducedMotion: 'reduce' });
  await walkKiosk(desk, say, job, looker(desk, found));
  expect(found).toEqual([]);
});
