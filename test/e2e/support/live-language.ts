/** The same screen in other words, without a reload: dialogs stay open, and what was typed stays. */
import type { Page } from '@playwright/test';

interface Spoken {
  readonly language: string;
  readonly changeLanguage: (language: string) => Promise<unknown>;
}
interface Fiber {
  readonly memoizedState: Hook | null;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
}
/** React keeps two trees in turn; the root says which is on screen. */
interface Top {
  readonly stateNode: { readonly current: Fiber };
}
interface Hook {
  readonly memoizedState: unknown;
  readonly next: Hook | null;
}

/**
 * A sitting takes its language from its signer, and no address or storage says another; what is loaded
 * is asked itself: every component that has words holds the words' keeper among its hooks.
 */
export function speakLive(page: Page, language: string): Promise<void> {
  return page.evaluate(async (wanted) => {
    const isKeeper = (value: unknown): value is Spoken =>
      typeof value === 'object' && value !== null && 'changeLanguage' in value;
    const keeperIn = (hook: Hook): Spoken | null => {
      const state = hook.memoizedState;
      // A remembered value stands before what it depends on.
      const parts: unknown[] = Array.isArray(state) ? state.flat() : [];
      return parts.find(isKeeper) ?? null;
    };
    const search = (from: Fiber | null): Spoken | null => {
      for (let fiber = from; fiber !== null; fiber = fiber.sibling) {
        for (
          let hook = fiber.memoizedState;
          hook !== null && typeof hook === 'object' && 'next' in hook;
          hook = hook.next
        ) {
          const found = keeperIn(hook);
          if (found !== null) return found;
        }
        const below = search(fiber.child);
        if (below !== null) return below;
      }
      return null;
    };
    const root = document.getElementById('root');
    const key = Object.keys(root ?? {}).find((each) => each.startsWith('__reactContainer$'));
    const top = key === undefined ? null : (root as unknown as Record<string, Top>)[key];
    const keeper = search(top?.stateNode.current ?? null);
    if (keeper === null) throw new Error('no component on the screen has words');
    await keeper.changeLanguage(wanted);
  }, language);
}
