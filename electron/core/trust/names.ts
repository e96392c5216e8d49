/** Comparing distinguished names (RFC 5280, 7.1). */
import { Refusal } from '../../../shared/result.ts';
import { oidOf, readWhole, sequenceOf, setOf } from '../cms/der.ts';
import { equalBytes } from '../cms/der-writing.ts';
import { textOf } from '../cms/name.ts';
import type { Name } from '../cms/name.ts';

/**
 * Relative names of a Name's DER, the most general first, prepared for comparison: case folded, white
 * space collapsed, string types aside. Throws `Refusal` `der.malformed`.
 */
export function relativeNames(der: Uint8Array): readonly string[] {
  return sequenceOf(readWhole(der), 'name').map((part) =>
    setOf(part, 'relative name')
      .map((attribute) => {
        const [type, value] = sequenceOf(attribute, 'attribute');
        const text = textOf(value).normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
        return `${oidOf(type, 'attribute type')}=${text}`;
      })
      .sort()
      .join('+'),
  );
}

/** True when both name the same: byte for byte, or after RFC 5280's preparation of strings. */
export function sameName(a: Name, b: Name): boolean {
  if (equalBytes(a.der, b.der)) return true;
  try {
    const [left, right] = [relativeNames(a.der), relativeNames(b.der)];
    return left.length === right.length && left.every((part, i) => part === right[i]);
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
