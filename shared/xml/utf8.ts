/** UTF-8 for readers that must not guess: what is not UTF-8 is refused, never replaced. */

/** The text, or null where the bytes are not UTF-8 (RFC 3629, 4: shortest form, no surrogates). */
export function strictUtf8(bytes: Uint8Array): string | null {
  const pieces: string[] = [];
  let units: number[] = [];
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i++] ?? 0;
    if (first < 0x80) units.push(first);
    else {
      const more = first >> 5 === 6 ? 1 : first >> 4 === 14 ? 2 : first >> 3 === 30 ? 3 : 0;
      if (more === 0) return null;
      let code = first & (0x3f >> more);
      for (let k = 0; k < more; k++) {
        const next = bytes[i++] ?? 0;
        if ((next & 0xc0) !== 0x80) return null;
        code = (code << 6) | (next & 0x3f);
      }
      const shortest = [0, 0x80, 0x800, 0x10000][more] ?? 0;
      if (code < shortest || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
      if (code < 0x10000) units.push(code);
      else units.push(0xd7c0 + (code >> 10), 0xdc00 | (code & 0x3ff));
    }
    if (units.length >= 8192) {
      pieces.push(String.fromCharCode(...units));
      units = [];
    }
  }
  pieces.push(String.fromCharCode(...units));
  return pieces.join('');
}

/** The bytes of a text; a lone surrogate becomes U+FFFD, as every encoder does. */
export function utf8Bytes(text: string): Uint8Array {
  // At most three octets per UTF-16 unit.
  const bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code >= 0xd800 && code <= 0xdfff) {
      const low = text.charCodeAt(i + 1);
      const pair = code < 0xdc00 && low >= 0xdc00 && low <= 0xdfff;
      if (pair) i++;
      code = pair ? ((code - 0xd7c0) << 10) | (low & 0x3ff) : 0xfffd;
    }
    if (code < 0x80) bytes[at++] = code;
    else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
      bytes[at++] = 0x80 | (code & 0x3f);
    } else {
      if (code < 0x10000) bytes[at++] = 0xe0 | (code >> 12);
      else {
        bytes[at++] = 0xf0 | (code >> 18);
        bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
      }
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[at++] = 0x80 | (code & 0x3f);
    }
  }
  return bytes.slice(0, at);
}
