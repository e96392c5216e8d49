/** What a signer does at the kiosk, by hand. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { button } from './clerk.ts';

export async function sayWho(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { name: `Er du ${name}?` })).toBeVisible();
  await button(page, 'Ja, det er meg').click();
}

/** Presses the one way forward until every page has been shown. */
export async function readToTheEnd(page: Page): Promise<void> {
  const confirm = page.getByRole('heading', { name: 'Vil du signere?' });
  const forward = page
    .getByRole('button', { name: /^(Vis mer av siden|Neste side|Neste dokument|Jeg har lest)$/ })
    .last();
  await expect(page.getByText(/^Side 1 av /)).toBeVisible();
  for (let presses = 0; presses < 200; presses += 1) {
    await expect(confirm.or(forward)).toBeVisible();
    if (await confirm.isVisible()) return;
    await forward.click();
  }
  throw new Error('the document never came to its end');
}

export async function confirm(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Vil du signere?' })).toBeVisible();
  await button(page, 'Ja, jeg bekrefter').click();
}

type Spot = readonly [number, number];

/** Two strokes across the pad. */
async function strokesOn(page: Page): Promise<{ pad: Locator; strokes: readonly Spot[][] }> {
  const pad = page.locator('.k-pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error('there is no pad');
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  return {
    pad,
    strokes: [
      [at(0.12, 0.7), at(0.2, 0.25), at(0.28, 0.7), at(0.36, 0.3), at(0.44, 0.65)],
      [at(0.5, 0.6), at(0.6, 0.35), at(0.68, 0.62), at(0.78, 0.4), at(0.9, 0.55)],
    ],
  };
}

/** Draws two strokes with the mouse, as a hand would: pressed, moved, let go. */
export async function draw(page: Page): Promise<Locator> {
  const { pad, strokes } = await strokesOn(page);
  for (const [first, ...rest] of strokes) {
    if (first === undefined) continue;
    await page.mouse.move(...first);
    await page.mouse.down();
    for (const point of rest) await page.mouse.move(...point, { steps: 6 });
    await page.mouse.up();
  }
  return pad;
}

/** The same two strokes by a finger, or by a pen that is pressed harder and harder. */
export async function drawBy(page: Page, by: 'touch' | 'pen'): Promise<void> {
  const { strokes } = await strokesOn(page);
  const session = await page.context().newCDPSession(page);
  for (const stroke of strokes) {
    for (const [index, [x, y]] of stroke.entries()) {
      const force = (index + 1) / (stroke.length + 1);
      if (by === 'touch')
        await session.send('Input.dispatchTouchEvent', {
          type: index === 0 ? 'touchStart' : 'touchMove',
          touchPoints: [{ x, y, force }],
        });
      else
        await session.send('Input.dispatchMouseEvent', {
          ...{ type: index === 0 ? 'mousePressed' : 'mouseMoved', x, y, force },
          ...{ pointerType: 'pen', button: 'left', buttons: 1, clickCount: index === 0 ? 1 : 0 },
        });
    }
    const [x, y] = stroke.at(-1) ?? [0, 0];
    if (by === 'touch')
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    else
      await session.send('Input.dispatchMouseEvent', {
        ...{ type: 'mouseReleased', x, y, pointerType: 'pen', button: 'left', clickCount: 1 },
      });
  }
  await session.detach();
}

export async function signNow(page: Page): Promise<void> {
  await button(page, 'Signer').click();
  await expect(page.getByRole('heading', { name: 'Takk, du har signert' })).toBeVisible();
}

/** From "Er du …?" to the receipt and the resting screen. */
export async function signByDrawing(page: Page, name: string): Promise<void> {
  await sayWho(page, name);
  await readToTheEnd(page);
  await confirm(page);
  await draw(page);
  await signNow(page);
  await button(page, 'Ferdig').click();
  await expect(button(page, 'Ansatt')).toBeVisible();
}
