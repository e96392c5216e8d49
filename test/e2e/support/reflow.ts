/** What is lost when a screen is enlarged: cut off, off to the side, or under something else. */
import type { Page } from '@playwright/test';

/** Two dimensions are the meaning of a page of a document (WCAG 1.4.10): it scrolls both ways. */
const paper = '.k-reader, .prep-scroll, .k-placed, .pdf-page, .compare-pages';

export function reflowTroubles(page: Page): Promise<readonly string[]> {
  return page.evaluate((twoDimensional) => {
    const found = new Set<string>();
    const { documentElement: html } = document;
    const scope: ParentNode = document.querySelector('dialog[open]') ?? document.body;
    const words = (each: Element) =>
      (each.getAttribute('aria-label') ?? (each as HTMLElement).innerText ?? each.className)
        .trim()
        .slice(0, 50);
    const isShown = (each: Element) => {
      const { width, height } = each.getBoundingClientRect();
      return width > 1 && height > 1 && each.checkVisibility({ visibilityProperty: true });
    };
    if (html.scrollWidth > html.clientWidth + 1)
      found.add(`the page scrolls sideways: ${html.scrollWidth} > ${html.clientWidth}`);
    for (const each of scope.querySelectorAll<HTMLElement>('*')) {
      if (each.closest(twoDimensional) !== null || !isShown(each)) continue;
      const style = getComputedStyle(each);
      const text = [...each.childNodes].some(
        (node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '',
      );
      // Made small on purpose, for screen readers alone.
      if (each.closest('.ds-sr-only, .ds-skip-link') !== null) continue;
      const cuts = ['hidden', 'clip'].includes(style.overflowX);
      if (text && cuts && each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1)
        found.add(`cut off: ${words(each)}`);
      const cutsDown = ['hidden', 'clip'].includes(style.overflowY);
      if (text && cutsDown && each.scrollHeight > each.clientHeight + 2 && each.clientHeight > 1)
        found.add(`cut off below: ${words(each)}`);
      // A box of one's own that scrolls sideways hides half of every line in it.
      const scrolls = ['auto', 'scroll'].includes(style.overflowX);
      if (
        scrolls &&
        each.scrollWidth > each.clientWidth + 1 &&
        !each.matches('table, pre, code, .recovery-code')
      )
        found.add(`scrolls sideways: ${each.className} ${words(each)}`);
      if (text) {
        const range = document.createRange();
        range.selectNodeContents(each);
        const { left, right } = range.getBoundingClientRect();
        if (right > innerWidth + 2 || left < -2) found.add(`beside the window: ${words(each)}`);
      }
    }
    const controls = 'button, a[href], input, select, textarea, summary, [role=tab]';
    for (const each of scope.querySelectorAll<HTMLElement>(controls)) {
      if (!isShown(each) || each.closest(twoDimensional) !== null) continue;
      if (each.matches('.ds-skip-link, [type=file]')) continue;
      each.scrollIntoView({ block: 'center', inline: 'nearest' });
      const { left, top, width, height } = each.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      const label = each.closest('label') ?? each.closest('.ds-field');
      const reached =
        hit !== null && (each.contains(hit) || hit.contains(each) || label?.contains(hit) === true);
      if (!reached) found.add(`out of reach: ${words(each)} (${hit?.className ?? 'nothing'})`);
    }
    scrollTo(0, 0);
    return [...found];
  }, paper);
}
