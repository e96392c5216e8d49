import { describe, expect, it } from 'vitest';
import { isKioskKey } from '../../electron/shell/kiosk-keys.ts';

const plain = { control: false, alt: false, meta: false };

describe('isKioskKey', () => {
  it.each([
    ['F5', plain],
    ['F11', plain],
    ['F12', plain],
    ['r', { ...plain, control: true }],
    ['w', { ...plain, control: true }],
    ['P', { ...plain, control: true }],
    ['Tab', { ...plain, alt: true }],
    ['F4', { ...plain, alt: true }],
    ['ArrowLeft', { ...plain, alt: true }],
    ['q', { ...plain, meta: true }],
  ])('swallows %s', (key, modifiers) => {
    expect(isKioskKey({ key, ...modifiers })).toBe(true);
  });
  it.each([
    ['a', plain],
    ['Tab', plain],
    ['Enter', plain],
    ['ArrowDown', plain],
    ['z', { ...plain, control: true }],
    ['+', { ...plain, control: true }],
  ])('leaves %s to the signer', (key, modifiers) => {
    expect(isKioskKey({ key, ...modifiers })).toBe(false);
  });
});
