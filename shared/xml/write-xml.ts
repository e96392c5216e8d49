/**
 * Writes XML in its canonical spelling from the start (Canonical XML: no empty-element tags, double
 * quotes, escapes), so that what is hashed and what is embedded are the same text.
 */
import { escapeAttribute, escapeText } from './characters.ts';

/** XML as it will stand in the file. The brand keeps raw text from being taken for it. */
export type XmlSource = string & { readonly xml: true };

/** Character data. */
export function xmlText(text: string): XmlSource {
  return escapeText(text) as XmlSource;
}

/** An element; the attributes (and declarations) in the given order, absent ones left out. */
export function xmlElement(
  name: string,
  attributes: { readonly [name: string]: string | undefined },
  ...content: readonly (XmlSource | null)[]
): XmlSource {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeAttribute(value)}"`],
  );
  const inner = content.filter((part) => part !== null).join('');
  return `<${name}${written.join('')}>${inner}</${name}>` as XmlSource;
}

/** An element that holds text. */
export function xmlLeaf(
  name: string,
  text: string,
  attributes: { readonly [name: string]: string | undefined } = {},
): XmlSource {
  return xmlElement(name, attributes, xmlText(text));
}

/** A whole document. */
export function xmlDocument(root: XmlSource, standalone?: 'yes' | 'no'): string {
  const alone = standalone === undefined ? '' : ` standalone="${standalone}"`;
  return `<?xml version="1.0" encoding="UTF-8"${alone}?>${root}`;
}
