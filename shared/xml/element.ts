/** From a start tag to an element: namespaces resolved, attributes told apart (Namespaces in XML 1.0). */
import { Refusal } from '../result.ts';
import type { XmlAttribute, XmlElement, XmlNode } from './tree.ts';

export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

export interface Tag {
  readonly prefix: string;
  readonly local: string;
  readonly attributes: readonly {
    readonly prefix: string;
    readonly local: string;
    readonly value: string;
  }[];
  readonly empty: boolean;
  /** Where the text goes on. */
  readonly end: number;
}

/** An element whose content is still being read. */
export interface OpenElement extends XmlElement {
  /** As it was written, for its end tag. */
  readonly name: string;
  readonly children: XmlNode[];
  inner: { readonly start: number; readonly end: number } | null;
}

/** Throws `xml.malformed`. */
export function openElement(tag: Tag, parent: OpenElement | null): OpenElement {
  const scope = scopeOf(tag, parent);
  const attributes = tag.attributes
    .filter(({ prefix, local }) => !isDeclaration(prefix, local))
    .map((attribute): XmlAttribute => ({
      ...attribute,
      namespace: attribute.prefix === '' ? '' : resolve(attribute.prefix, scope),
    }));
  const seen = new Set(attributes.map(({ namespace, local }) => `${namespace}\n${local}`));
  if (seen.size !== attributes.length) throw misnamed('an attribute that occurs twice');
  return {
    type: 'element',
    prefix: tag.prefix,
    local: tag.local,
    namespace: tag.prefix === '' ? (scope.get('') ?? '') : resolve(tag.prefix, scope),
    attributes,
    scope,
    children: [],
    parent,
    // Ends where it begins until its end tag is read.
    inner: tag.empty ? null : { start: tag.end, end: tag.end },
    name: tag.prefix === '' ? tag.local : `${tag.prefix}:${tag.local}`,
  };
}

function isDeclaration(prefix: string, local: string): boolean {
  return prefix === 'xmlns' || (prefix === '' && local === 'xmlns');
}

function scopeOf(tag: Tag, parent: OpenElement | null): ReadonlyMap<string, string> {
  const declared = new Map<string, string>();
  for (const { prefix, local, value } of tag.attributes) {
    if (!isDeclaration(prefix, local)) continue;
    const name = prefix === '' ? '' : local;
    if (declared.has(name)) throw misnamed('a namespace declared twice');
    // Namespaces in XML, 3 and 5: what may not be bound, and what may not be unbound.
    if (name === 'xmlns' || value === XMLNS_NAMESPACE || (name !== '' && value === ''))
      throw misnamed('a namespace that cannot be declared');
    if ((name === 'xml') !== (value === XML_NAMESPACE))
      throw misnamed('the namespace of XML itself, misused');
    declared.set(name, value);
  }
  declared.delete('xml');
  const inherited = parent?.scope ?? new Map<string, string>();
  return declared.size === 0 ? inherited : new Map([...inherited, ...declared]);
}

function resolve(prefix: string, scope: ReadonlyMap<string, string>): string {
  const namespace = prefix === 'xml' ? XML_NAMESPACE : scope.get(prefix);
  if (namespace === undefined || prefix === 'xmlns') throw misnamed('a prefix without a namespace');
  return namespace;
}

function misnamed(what: string): Refusal {
  return new Refusal('xml.malformed', `The XML is not well-formed: ${what}.`);
}
