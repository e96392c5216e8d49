/** Comparing distinguished names (RFC 5280, 7.1). */
import type { Name } from '../cms/name.ts';
import { equalBytes } from '../cms/der-writing.ts';

/** The comparable form: case folded, white space collapsed, string types aside. */
export function comparable(name: Name): string {
  return name.text
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(/ ?([,+=]) ?/g, '$1')
    .trim()
    .toLowerCase();
}

/** True when both name the same: byte for byte, or after RFC 5280's preparation of strings. */
export function sameName(a: Name, b: Name): boolean {
  return equalBytes(a.der, b.der) || comparable(a) === comparable(b);
}
