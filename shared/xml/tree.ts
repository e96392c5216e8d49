/** An XML document as a readonly tree (Namespaces in XML 1.0), with what canonicalisation needs. */

export interface XmlAttribute {
  readonly prefix: string;
  readonly local: string;
  /** Empty where there is none: an attribute without a prefix is in no namespace. */
  readonly namespace: string;
  readonly value: string;
}

export interface XmlElement {
  readonly type: 'element';
  readonly prefix: string;
  readonly local: string;
  readonly namespace: string;
  /** Without namespace declarations. */
  readonly attributes: readonly XmlAttribute[];
  /** Namespaces in scope, prefix to address; the default namespace under the empty prefix. */
  readonly scope: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  readonly parent: XmlElement | null;
  /** Where its content stands in the document's `text`; null for an empty-element tag. */
  readonly inner: { readonly start: number; readonly end: number } | null;
}

export interface XmlText {
  readonly type: 'text';
  readonly value: string;
}

export interface XmlComment {
  readonly type: 'comment';
  readonly value: string;
}

export interface XmlInstruction {
  readonly type: 'instruction';
  readonly target: string;
  readonly value: string;
}

export type XmlNode = XmlElement | XmlText | XmlComment | XmlInstruction;

export interface XmlDocument {
  readonly before: readonly (XmlComment | XmlInstruction)[];
  readonly root: XmlElement;
  readonly after: readonly (XmlComment | XmlInstruction)[];
  /** As it was read: without a byte order mark, line ends as one line feed. */
  readonly text: string;
}

/** The elements directly inside, of a name where one is given. */
export function childElements(
  parent: XmlElement,
  namespace?: string,
  local?: string,
): readonly XmlElement[] {
  return parent.children.filter(
    (node): node is XmlElement =>
      node.type === 'element' &&
      (namespace === undefined || node.namespace === namespace) &&
      (local === undefined || node.local === local),
  );
}

/** The first such element directly inside, or null. */
export function childElement(
  parent: XmlElement,
  namespace: string,
  local: string,
): XmlElement | null {
  return childElements(parent, namespace, local)[0] ?? null;
}

/** All text inside, comments and instructions left out. */
export function textOf(element: XmlElement): string {
  return element.children
    .map((node) =>
      node.type === 'text' ? node.value : node.type === 'element' ? textOf(node) : '',
    )
    .join('');
}

/** The value of an attribute without a namespace, or null. */
export function attributeOf(element: XmlElement, local: string): string | null {
  return (
    element.attributes.find((each) => each.namespace === '' && each.local === local)?.value ?? null
  );
}

/** The element and all elements below it, in the order of the document. */
export function* allElements(root: XmlElement): Generator<XmlElement> {
  yield root;
  for (const node of root.children) if (node.type === 'element') yield* allElements(node);
}
