/** Base64 (RFC 4648, 4) without a platform's own. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map([...alphabet].map((character, index) => [character.charCodeAt(0), index]));

export function encodeBase64(bytes: Uint8Array): string {
  const groups: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = [18, 12, 6, 0].map((shift) => alphabet[(three >> shift) & 63]);
    groups.push(
      i + 2 < bytes.length
        ? digits.join('')
        : digits
            .slice(0, bytes.length - i + 1)
            .join('')
            .padEnd(4, '='),
    );
  }
  return groups.join('');
}

/** The bytes, or null for what is not base64; white space, which XML may break lines with, is left out. */
export function decodeBase64(text: string): Uint8Array | null {
  const clean = text.replace(/[ \t\r\n]+/g, '');
  if (clean.length % 4 !== 0) return null;
  const padding = clean.endsWith('==') ? 2 : clean.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((clean.length / 4) * 3 - padding);
  let at = 0;
  for (let i = 0; i < clean.length; i += 4) {
    let group = 0;
    for (let k = 0; k < 4; k++) {
      const padded = i + k >= clean.length - padding;
      const value = padded ? 0 : values.get(clean.charCodeAt(i + k));
      if (value === undefined) return null;
      group = (group << 6) | value;
    }
    for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8)
      bytes[at++] = (group >> shift) & 0xff;
  }
  return bytes;
}
