/**
 * How a call crosses HTTP: JSON, with bytes as `{"$bytes": "<base64>"}`. Electron's structured clone
 * carries `Uint8Array` by itself; a test round-trips every method's sample through both.
 */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function toBase64(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i] ?? 0;
    const b = bytes[i + 1];
    const c = bytes[i + 2];
    out += alphabet.charAt(a >> 2) + alphabet.charAt(((a & 3) << 4) | ((b ?? 0) >> 4));
    out += b === undefined ? '=' : alphabet.charAt(((b & 15) << 2) | ((c ?? 0) >> 6));
    out += c === undefined ? '=' : alphabet.charAt(c & 63);
  }
  return out;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const digit of digits) {
    const value = alphabet.indexOf(digit);
    if (value < 0) throw new SyntaxError('not base64');
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at] = (bits >> held) & 0xff;
      at += 1;
    }
  }
  return bytes;
}

/** JSON text of a call's input or answer; `Uint8Array` anywhere inside is carried as base64. */
export function encode(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each instanceof Uint8Array ? { $bytes: toBase64(each) } : each,
  );
}

/** The inverse of `encode`; throws `SyntaxError` on anything that is not its output. */
export function decode(text: string): unknown {
  return JSON.parse(text, (_key, each: unknown) => {
    if (typeof each !== 'object' || each === null) return each;
    const entries = Object.entries(each);
    const [only] = entries;
    return entries.length === 1 && only?.[0] === '$bytes' && typeof only[1] === 'string'
      ? fromBase64(only[1])
      : each;
  });
}
