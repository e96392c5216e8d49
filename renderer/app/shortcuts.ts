/** The keys of the desk, as people know them from other programs. Pure, apart from whose keyboard it is. */
export type Shortcut = 'palette' | 'new' | 'search' | 'save' | 'help';

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** `typing`: the focus is where letters go. Null where the key is none of ours. */
export function shortcutOf(pressed: Pressed, typing: boolean): Shortcut | null {
  const { key, altKey, shiftKey } = pressed;
  const command = pressed.ctrlKey || pressed.metaKey;
  const letter = key.toLowerCase();
  if (command && !altKey && !shiftKey)
    switch (letter) {
      case 'k':
        return 'palette';
      case 'n':
        return 'new';
      case 'f':
        return 'search';
      case 's':
        return 'save';
    }
  // Browsers keep Ctrl+N to themselves.
  if (altKey && !command && !shiftKey && letter === 'n') return 'new';
  if (key === '?' && !command && !altKey && !typing) return 'help';
  return null;
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable="true"]') !== null
  );
}

/** `⌘K` on a Mac, `Ctrl+K` elsewhere. */
export function keysFor(mac: boolean): Readonly<Record<string, string>> {
  const command = mac ? '⌘' : 'Ctrl+';
  return {
    ...{ palette: `${command}K`, new: mac ? '⌘N' : 'Ctrl+N, Alt+N', search: `${command}F` },
    ...{ save: `${command}S`, undo: `${command}Z`, redo: mac ? '⇧⌘Z' : 'Ctrl+Y' },
    ...{ close: 'Esc', help: '?', move: '↑ ↓', ends: 'Home, End', open: 'Enter' },
  };
}
