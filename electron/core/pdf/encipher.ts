/** Encryption of what the writer adds to an encrypted file. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Random } from '../ports.ts';
import { cryptOf } from './document-view.ts';
import type { PdfDocument } from './document.ts';
import type { PdfRef } from './objects.ts';
import { latin1 } from './objects.ts';
import type { Encipher } from './serialize.ts';

/**
 * The cipher of one indirect object; null for a file in the clear.
 * @param random gives the initialisation vectors. Without it they are derived from the file's key
 * and all that they protect: as unforeseeable to whoever lacks the key, and never the same for two
 * contents.
 */
export function encipherFor(
  document: PdfDocument,
  ref: PdfRef,
  random: Random | undefined,
): Encipher | null {
  const crypt = cryptOf(document);
  if (crypt === null) return null;
  let count = 0;
  return crypt.encipher(ref.number, ref.generation, (plain) => {
    if (random !== undefined) return random.bytes(16).slice();
    const { length } = document.source;
    const place = [length, ref.number, ref.generation, count++].join(' ');
    const hash = hmac.create(sha256, crypt.key ?? new Uint8Array(0));
    return hash
      .update(latin1(`${place} `))
      .update(plain)
      .digest()
      .slice(0, 16);
  });
}
