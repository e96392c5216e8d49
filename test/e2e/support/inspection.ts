/** What a machine can say of a screen: axe, what is cut off, too small, out of reach, or told by colour alone. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** The rules whose answer depends on the scheme. */
const ofColour = ['color-contrast', 'link-in-text-block'];

/** Every rule that axe has on by itself, or those alone that another colour scheme can break. */
export async function axeTroubles(
  page: Page,
  rules: 'all' | 'colours',
): Promise<readonly string[]> {
  // Run in the page itself: no frame of ours comes from elsewhere, and no second page is opened.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (rules === 'all' ? axe : axe.withRules(ofColour)).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`,
  );
}

/** What sticks out, is cut off or is too small to press; and more than one green button (LOOK.md). */
export function shapeTroubles(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { documentElement: html } = document;
    if (html.scrollWidth > html.clientWidth) found.push('the page scrolls sideways');
    const scope: ParentNode = document.querySelector('dialog[open]') ?? document.body;
    const kiosk = document.querySelector('.kiosk') !== null;
    const controls = 'button, a[href], [role=tab], input, select, textarea, summary';
    for (const each of scope.querySelectorAll<HTMLElement>(controls)) {
      const own = each.getBoundingClientRect();
      const unseen = own.width <= 1 || !each.checkVisibility({ visibilityProperty: true });
      if (unseen || each.matches('.ds-skip-link, [type=file]')) continue;
      const words = (each.innerText || each.getAttribute('aria-label') || each.outerHTML).slice(
        0,
        50,
      );
      if (each.matches('button, a, [role=tab]') && each.scrollWidth > each.clientWidth + 1)
        found.push(`cut off: ${words}`);
      // Radios and check boxes are chosen by the whole line around them.
      const line = each.matches('[type=radio], [type=checkbox]')
        ? (each.closest('.ds-field, label') ?? each)
        : each;
      const box = line.getBoundingClientRect();
      const least = kiosk && each.closest('.prep') === null ? 44 : 43.5;
      if (Math.min(box.width, box.height) < least) found.push(`small: ${words}`);
      if (kiosk && each.closest('.k-actions, .k-head, .k-over-actions, .rest') !== null)
        if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.top < -1)
          found.push(`outside the screen: ${words}`);
    }
    // The counter speaks in letters of 24 px; a page of the document has its own.
    for (const each of kiosk ? scope.querySelectorAll<HTMLElement>('.kiosk *') : []) {
      if (each.closest('.pdf-page, svg, canvas, .ds-sr-only, .k-globe-words') !== null) continue;
      const words = [...each.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      );
      if (words && each.checkVisibility() && parseFloat(getComputedStyle(each).fontSize) < 24)
        found.push(`small letters: ${each.innerText.slice(0, 40)}`);
    }
    const greens = scope.querySelectorAll('.ds-button:not([data-variant], [disabled])').length;
    if (greens > 1) found.push(`${String(greens)} green buttons`);
    return found;
  });
}

/**
 * With the reader's own colours (and no motion): a box to write in keeps a border, what is chosen another
 * line than what is not, and nothing moves. The ring of the focus: see the `keyboard` journey.
 */
export function forcedTroubles(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    if (!matchMedia('(forced-colors: active)').matches) found.push('colours are not forced');
    const scope: ParentNode = document.querySelector('dialog[open]') ?? document.body;
    const seen = (each: Element) => {
      const { width, height } = each.getBoundingClientRect();
      return width > 1 && height > 1 && each.checkVisibility({ visibilityProperty: true });
    };
    const shown = <T extends HTMLElement>(selector: string) =>
      [...scope.querySelectorAll<T>(selector)].filter(seen);
    const words = (each: HTMLElement) =>
      (each.innerText || each.getAttribute('aria-label') || each.outerHTML).slice(0, 60);
    const lined = (style: CSSStyleDeclaration, part: 'border-bottom' | 'outline') =>
      !['none', 'hidden'].includes(style.getPropertyValue(`${part}-style`)) &&
      parseFloat(style.getPropertyValue(`${part}-width`)) >= 1 &&
      style.getPropertyValue(`${part}-color`) !== style.backgroundColor;
    const hasLine = (each: Element) => {
      const style = getComputedStyle(each);
      return lined(style, 'border-bottom') || lined(style, 'outline');
    };
    for (const box of shown(
      'input:not([type=file], [type=range], [type=radio], [type=checkbox]), select, textarea',
    ))
      if (!hasLine(box) && !hasLine(box.parentElement ?? box))
        found.push(`no border: ${words(box)}`);
    for (const chosen of shown(
      ':is([aria-current], [aria-pressed=true], [aria-selected=true]):not(li)',
    )) {
      const { outlineStyle, backgroundColor } = getComputedStyle(chosen);
      const { backgroundColor: around } = getComputedStyle(chosen.parentElement ?? chosen);
      if (outlineStyle === 'none' && backgroundColor === around)
        found.push(`not seen to be chosen: ${words(chosen)}`);
    }
    const step = shown('.k-steps [aria-current]')[0];
    if (step !== undefined && getComputedStyle(step).textDecorationLine !== 'underline')
      found.push(`the step one is at looks like the others: ${words(step)}`);
    for (const moving of document.getAnimations())
      if (moving.playState === 'running') found.push('something moves');
    return found;
  });
}
