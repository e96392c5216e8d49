/** Keys that would lead out of the kiosk, as far as a window hears them. */

export interface KeyInput {
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

const functionKey = /^F([1-9]|1\d|2[0-4])$/;

/** True for what must be swallowed: reload, close, print, new window, function keys, any meta chord. */
export function isKioskKey({ key, control, alt, meta }: KeyInput): boolean {
  if (functionKey.test(key)) return true;
  if (meta) return true;
  if (alt && ['F4', 'Tab', 'ArrowLeft', 'ArrowRight', 'Home', ' '].includes(key)) return true;
  if (!control) return false;
  // Undo, redo, copy-free text editing and zoom stay: they are the signer's own.
  return ![
    'a',
    'z',
    'y',
    '+',
    '-',
    '0',
    'ArrowLeft',
    'ArrowRight',
    'Backspace',
    'Home',
    'End',
  ].includes(key.length === 1 ? key.toLowerCase() : key);
}
