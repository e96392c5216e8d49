/**
 * What crosses between window and host is JSON and `Uint8Array`. Electron clones the latter by itself;
 * over HTTP it travels as `{"$bytes": base64}`. A plain object with such a key is escaped, so that
 * decode(encode(x)) is x for every value.
 */

const bytesKey = '$bytes';

/** JSON text of a value of JSON and `Uint8Array`; `undefined` properties are left out. */
export function encode(value: unknown): string {
  return JSON.stringify(pack(value) ?? null);
}

/** The value of a text made by `encode`. Throws a SyntaxError for anything else. */
export function decode(text: string): unknown {
  return unpack(JSON.parse(text) as unknown);
}

function pack(value: unknown): unknown {
  if (value instanceof Uint8Array) return { [bytesKey]: toBase64(value) };
  if (Array.isArray(value)) return value.map(pack);
  if (typeof value !== 'object' || value === null) return value;
  // A null prototype, so that a key called __proto__ is a key like any other.
  const packed = Object.create(null) as Record<string, unknown>;
  for (const [key, inner] of Object.entries(value))
    packed[key.startsWith(bytesKey) ? `${key}$` : key] = pack(inner);
  return packed;
}

function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const only = entries.length === 1 ? entries[0] : undefined;
  if (only !== undefined && only[0] === bytesKey) {
    if (typeof only[1] !== 'string') throw new SyntaxError('bytes are base64');
    return fromBase64(only[1]);
  }
  // fromEntries defines properties; assignment would let __proto__ change the object.
  return Object.fromEntries(
    entries.map(([key, inner]) => [
      key.startsWith(bytesKey) ? key.slice(0, -1) : key,
      unpack(inner),
    ]),
  );
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map([...alphabet].map((letter, index) => [letter, index]));

/** RFC 4648, section 4; by hand, because this file runs where neither Buffer nor btoa may be. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63);
    text += left > 1 ? alphabet.charAt((group >> 6) & 63) : '=';
    text += left > 2 ? alphabet.charAt(group & 63) : '=';
  }
  return text;
}

/** Strict: no white space, padding where it belongs, no stray bits. Throws a SyntaxError. */
export function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw new SyntaxError('base64 comes in fours');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    let group = 0;
    const last = i + 4 === text.length ? padding : 0;
    for (let k = 0; k < 4; k++) {
      const value = k >= 4 - last ? 0 : values.get(text.charAt(i + k));
      if (value === undefined) throw new SyntaxError('not base64');
      group = (group << 6) | value;
    }
    if ((last === 2 && (group & 0xffff) !== 0) || (last === 1 && (group & 0xff) !== 0))
      throw new SyntaxError('stray bits after base64');
    bytes[at++] = group >> 16;
    if (last < 2) bytes[at++] = (group >> 8) & 0xff;
    if (last < 1) bytes[at++] = group & 0xff;
  }
  return bytes;
}
