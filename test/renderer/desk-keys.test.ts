import { describe, expect, it } from 'vitest';
import { shortcutOf } from '../../renderer/app/shortcuts.ts';
import { isLetter, rowAfter, typedTo } from '../../renderer/ui/job-list/list-keys.ts';

const press = (key: string, more = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...more,
});

describe('the keys of the desk', () => {
  it.each([
    [press('k', { ctrlKey: true }), 'palette'],
    [press('K', { metaKey: true }), 'palette'],
    [press('n', { ctrlKey: true }), 'new'],
    [press('n', { altKey: true }), 'new'],
    [press('f', { ctrlKey: true }), 'search'],
    [press('s', { ctrlKey: true }), 'save'],
    [press('?', { shiftKey: true }), 'help'],
    [press('k'), null],
    [press('z', { ctrlKey: true }), null],
    [press('n', { ctrlKey: true, shiftKey: true }), null],
  ])('%o', (pressed, shortcut) => {
    expect(shortcutOf(pressed, false)).toBe(shortcut);
  });

  it('leave a question mark to whoever is writing', () => {
    expect(shortcutOf(press('?', { shiftKey: true }), true)).toBeNull();
  });
});

describe('the keys of the list', () => {
  it('move within it', () => {
    expect(rowAfter('ArrowDown', 8, 10, 5)).toBe(9);
    expect(rowAfter('ArrowDown', 9, 10, 5)).toBe(9);
    expect(rowAfter('ArrowUp', 0, 10, 5)).toBe(0);
    expect(rowAfter('PageDown', 2, 100_000, 6)).toBe(8);
    expect(rowAfter('PageUp', 2, 10, 6)).toBe(0);
    expect(rowAfter('Home', 5, 10, 5)).toBe(0);
    expect(rowAfter('End', 5, 100_000, 5)).toBe(99_999);
    expect(rowAfter('Tab', 5, 10, 5)).toBeNull();
  });

  it('go to a title by its first letters, and on by the same letter', () => {
    const titles = ['Avtale', 'Årsplan', 'Avslag', 'Vedtak'];
    const find = (text: string, from: number) => typedTo(text, from, 4, (index) => titles[index]);
    expect(find('a', 0)).toBe(2);
    expect(find('a', 2)).toBe(0);
    expect(find('avs', 0)).toBe(2);
    expect(find('Å', 0)).toBe(1);
    expect(find('x', 0)).toBeNull();
    expect(isLetter(press('å'))).toBe(true);
    expect(isLetter(press('a', { ctrlKey: true }))).toBe(false);
    expect(isLetter(press('Enter'))).toBe(false);
  });
});
