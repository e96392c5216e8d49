/** Character classes of ISO 32000-2, 7.2.3. */
export const SPACE = 1;
export const DELIMITER = 2;

/** Class by byte: 0 regular, 1 white space, 2 delimiter. */
export const charClass: Uint8Array = (() => {
  const table = new Uint8Array(256);
  for (const byte of [0, 9, 10, 12, 13, 32]) table[byte] = SPACE;
  for (const char of '()<>[]{}/%') table[char.charCodeAt(0)] = DELIMITER;
  return table;
})();

/** Value of a hex digit by byte, 255 for anything else. */
export const hexValue: Uint8Array = (() => {
  const table = new Uint8Array(256).fill(255);
  for (let i = 0; i < 10; i++) table[0x30 + i] = i;
  for (let i = 0; i < 6; i++) table[0x41 + i] = table[0x61 + i] = 10 + i;
  return table;
})();

export function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && charClass[byte] === SPACE;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** Bytes as text, one char per byte. */
export function latin1Text(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  for (let at = start; at < end; at += 4096)
    text += String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 4096)));
  return text;
}

/** Position of `needle` (ASCII) in `bytes` from `from`; -1 where it is not. */
export function indexOfText(bytes: Uint8Array, needle: string, from = 0): number {
  const first = needle.charCodeAt(0);
  const last = bytes.length - needle.length;
  for (
    let at = bytes.indexOf(first, from);
    at !== -1 && at <= last;
    at = bytes.indexOf(first, at + 1)
  ) {
    let i = 1;
    while (i < needle.length && bytes[at + i] === needle.charCodeAt(i)) i++;
    if (i === needle.length) return at;
  }
  return -1;
}

/** Last position of `needle` (ASCII) in `bytes`; -1 where it is not. */
export function lastIndexOfText(bytes: Uint8Array, needle: string): number {
  const first = needle.charCodeAt(0);
  for (
    let at = bytes.lastIndexOf(first);
    at !== -1;
    at = at === 0 ? -1 : bytes.lastIndexOf(first, at - 1)
  ) {
    let i = 1;
    while (i < needle.length && bytes[at + i] === needle.charCodeAt(i)) i++;
    if (i === needle.length) return at;
  }
  return -1;
}
