/**
 * Digits that were typed before a PIN's box stood on the screen: the box takes them when it comes. Nothing
 * else is kept, nothing for long, and nothing that was typed somewhere.
 */
import { useEffect, useRef } from 'react';

/** A hand that types ahead waits no longer than this for its box, in milliseconds. */
const longest = 3000;
const most = 8;

let kept = '';
let timer: ReturnType<typeof setTimeout> | undefined;

/** They stand in a box by now. */
export function forgetDigits(): void {
  clearTimeout(timer);
  kept = '';
}

export function isDigit({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return /^\d$/.test(key) && !ctrlKey && !altKey && !metaKey;
}

/** Whether what is typed stands in a field of its own already. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.matches('input, textarea, select, [contenteditable]:not([contenteditable="false"])')
  );
}

/** From the page's first script, before there is any screen. */
export function keepDigits(): void {
  window.addEventListener('pointerdown', forgetDigits, { passive: true });
  window.addEventListener('keydown', (event) => {
    if (!isDigit(event) || isTyping(event.target)) return forgetDigits();
    kept = (kept + event.key).slice(0, most);
    clearTimeout(timer);
    timer = setTimeout(forgetDigits, longest);
  });
}

export function hasDigits(): boolean {
  return kept !== '';
}

/** What was typed ahead, once, for the box that has just been drawn. */
export function useTypedAhead(onDigits: (digits: string) => void): void {
  const take = useRef(onDigits);
  useEffect(() => {
    const digits = kept;
    forgetDigits();
    if (digits !== '') take.current(digits);
  }, []);
}
