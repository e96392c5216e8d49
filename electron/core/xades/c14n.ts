/**
 * Canonical XML 1.0 and 1.1 and Exclusive Canonicalization 1.0: the octets that a signature's digest is
 * over. Works on a subtree, as every transform that is accepted here leaves one.
 */
import { Refusal } from '../../../shared/result.ts';
import { escapeAttribute, escapeText } from '../../../shared/xml/characters.ts';
import { XML_NAMESPACE } from '../../../shared/xml/element.ts';
import type { XmlAttribute, XmlDocument, XmlElement, XmlNode } from '../../../shared/xml/tree.ts';
import { utf8Bytes } from '../../../shared/xml/utf8.ts';

export interface Canonicalisation {
  readonly type: 'inclusive-1.0' | 'inclusive-1.1' | 'exclusive';
  readonly comments: boolean;
  /** Exclusive only: prefixes treated as the inclusive kind does; the default one as ''. */
  readonly inclusivePrefixes: readonly string[];
}

const kinds: readonly (readonly [string, Canonicalisation['type']])[] = [
  ['http://www.w3.org/TR/2001/REC-xml-c14n-20010315', 'inclusive-1.0'],
  ['http://www.w3.org/2006/12/xml-c14n11', 'inclusive-1.1'],
  ['http://www.w3.org/2001/10/xml-exc-c14n#', 'exclusive'],
];

/** The address of a canonicalisation without comments, for what we write. */
export const canonicalisations = {
  inclusive: kinds[0]?.[0] ?? '',
  exclusive: kinds[2]?.[0] ?? '',
} as const;

const EXCLUSIVE = canonicalisations.exclusive;

/** The method an `Algorithm` attribute names, with its `InclusiveNamespaces` where it has one; or null. */
export function canonicalisationOf(method: XmlElement, algorithm: string): Canonicalisation | null {
  for (const [address, type] of kinds) {
    const withComments = address.endsWith('#')
      ? `${address}WithComments`
      : `${address}#WithComments`;
    if (algorithm !== address && algorithm !== withComments) continue;
    const prefixes = method.children.find(
      (node) =>
        node.type === 'element' &&
        node.namespace === EXCLUSIVE &&
        node.local === 'InclusiveNamespaces',
    );
    const list =
      prefixes?.type === 'element'
        ? (prefixes.attributes.find(({ local }) => local === 'PrefixList')?.value ?? '')
        : '';
    return {
      type,
      comments: algorithm === withComments,
      inclusivePrefixes: list
        .split(/\s+/)
        .filter((prefix) => prefix !== '')
        .map((prefix) => (prefix === '#default' ? '' : prefix)),
    };
  }
  return null;
}

/** The canonical octets of an element and all below it. Throws `xades.unsupported` (an inherited xml:base). */
export function canonicalElement(element: XmlElement, method: Canonicalisation): Uint8Array {
  const out: string[] = [];
  writeElement(element, method, new Map(), true, out);
  return utf8Bytes(out.join(''));
}

/** The canonical octets of a whole document: comments and instructions outside the root on own lines. */
export function canonicalDocument(document: XmlDocument, method: Canonicalisation): Uint8Array {
  const out: string[] = [];
  for (const node of document.before) if (kept(node, method)) out.push(nodeText(node), '\n');
  writeElement(document.root, method, new Map(), true, out);
  for (const node of document.after) if (kept(node, method)) out.push('\n', nodeText(node));
  return utf8Bytes(out.join(''));
}

function kept(node: XmlNode, { comments }: Canonicalisation): boolean {
  return comments || node.type !== 'comment';
}

function nodeText(node: Exclude<XmlNode, XmlElement>): string {
  switch (node.type) {
    case 'text':
      return escapeText(node.value);
    case 'comment':
      return `<!--${node.value.replaceAll('\r', '&#xD;')}-->`;
    case 'instruction':
      return `<?${node.target}${node.value === '' ? '' : ` ${node.value}`}?>`;
  }
}

type Rendered = ReadonlyMap<string, string>;

function writeElement(
  element: XmlElement,
  method: Canonicalisation,
  above: Rendered,
  apex: boolean,
  out: string[],
): void {
  const declared = declarationsOf(element, method, above);
  const rendered = declared.length === 0 ? above : new Map([...above, ...declared]);
  const attributes = [
    ...element.attributes,
    ...(apex && method.type !== 'exclusive' ? inheritedXml(element, method) : []),
  ].sort(byNamespaceAndName);
  const name = qualified(element);
  out.push('<', name);
  for (const [prefix, address] of declared)
    out.push(` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(address)}"`);
  for (const attribute of attributes)
    out.push(` ${qualified(attribute)}="${escapeAttribute(attribute.value)}"`);
  out.push('>');
  for (const node of element.children) {
    if (node.type === 'element') writeElement(node, method, rendered, false, out);
    else if (kept(node, method)) out.push(nodeText(node));
  }
  out.push('</', name, '>');
}

/** Namespaces to declare here: those that the output above does not say yet; the default one first. */
function declarationsOf(
  element: XmlElement,
  method: Canonicalisation,
  above: Rendered,
): readonly (readonly [string, string])[] {
  const wanted = new Map<string, string>();
  if (method.type === 'exclusive') {
    // Exclusive XML Canonicalization, 3: only what the element itself uses, and what the list names.
    // An attribute without a prefix uses no namespace, an element without one uses the default.
    const used = element.attributes.map(({ prefix }) => prefix).filter((prefix) => prefix !== '');
    for (const prefix of [element.prefix, ...used])
      if (prefix !== 'xml') wanted.set(prefix, element.scope.get(prefix) ?? '');
    for (const prefix of method.inclusivePrefixes) {
      const address = element.scope.get(prefix);
      if (address !== undefined) wanted.set(prefix, address);
    }
  } else for (const [prefix, address] of element.scope) wanted.set(prefix, address);
  return [...wanted]
    .filter(([prefix, address]) => (above.get(prefix) ?? '') !== address)
    .sort(([a], [b]) => compareCodePoints(a, b));
}

/** Canonical XML 1.0, 2.4 and 1.1, 2.4: what an element without its ancestors inherits from them. */
function inheritedXml(element: XmlElement, method: Canonicalisation): readonly XmlAttribute[] {
  const found: XmlAttribute[] = [];
  for (let each = element.parent; each !== null; each = each.parent) {
    for (const attribute of each.attributes) {
      if (attribute.namespace !== XML_NAMESPACE) continue;
      const known = [...element.attributes, ...found].some(
        ({ namespace, local }) => namespace === XML_NAMESPACE && local === attribute.local,
      );
      // 1.1 joins xml:base instead, which no signature needs; guessing would hash the wrong octets.
      if (method.type === 'inclusive-1.1' && attribute.local === 'base')
        throw new Refusal('xades.unsupported', 'The XML inherits an xml:base, which is refused.');
      if (method.type === 'inclusive-1.1' && attribute.local === 'id') continue;
      if (!known) found.push(attribute);
    }
  }
  return found;
}

function qualified({ prefix, local }: { readonly prefix: string; readonly local: string }): string {
  return prefix === '' ? local : `${prefix}:${local}`;
}

function byNamespaceAndName(a: XmlAttribute, b: XmlAttribute): number {
  return compareCodePoints(a.namespace, b.namespace) || compareCodePoints(a.local, b.local);
}

/** By code point, which differs from JavaScript's order only where surrogates meet U+E000 and above. */
function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const left = Array.from(a);
  const right = Array.from(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
