/**
 * A small strict XML reader (XML 1.0, Namespaces in XML 1.0) for what comes from outside: UTF-8 only, no
 * document type, no entities but the five, and limits on size, depth and number, so that a hostile file
 * costs a clear refusal and nothing else. Whoever signs and whoever shows must read one and the same tree.
 */
import { Refusal, attempt } from '../result.ts';
import type { Result } from '../result.ts';
import { isXmlText, qualifiedName } from './characters.ts';
import type { Tag } from './element.ts';
import { openElement } from './element.ts';
import type { OpenElement } from './element.ts';
import { decodeReferences } from './references.ts';
import type { XmlComment, XmlDocument, XmlInstruction, XmlNode } from './tree.ts';
import { strictUtf8 } from './utf8.ts';

export interface XmlLimits {
  /** Octets of the document. */
  readonly bytes: number;
  /** Elements inside one another. */
  readonly depth: number;
  /** Elements, texts, comments and instructions together. */
  readonly nodes: number;
  /** Attributes and namespace declarations of one element. */
  readonly attributes: number;
}

/** Far above every message and signature we know of. */
export const xmlLimits: XmlLimits = {
  bytes: 64 * 1024 * 1024,
  depth: 100,
  nodes: 200_000,
  attributes: 256,
};

/**
 * Reads a document. Fails with `xml.malformed`, `xml.encoding` (not UTF-8), `xml.doctype`, `xml.entity`
 * or `xml.limit`; never throws on any bytes.
 */
export function readXml(bytes: Uint8Array, limits: Partial<XmlLimits> = {}): Result<XmlDocument> {
  return attempt(() => parse(bytes, { ...xmlLimits, ...limits }));
}

export function malformedXml(what: string): Refusal {
  return new Refusal('xml.malformed', `The XML is not well-formed: ${what}.`);
}

function overLimit(what: keyof XmlLimits, limit: number): Refusal {
  return new Refusal('xml.limit', `The XML has more ${what} than the reader accepts.`, {
    what,
    limit,
  });
}

function textOfBytes(bytes: Uint8Array): string {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = strictUtf8(marked ? bytes.subarray(3) : bytes);
  if (text === null || text.includes('\0'))
    throw new Refusal('xml.encoding', 'The XML is not written in UTF-8.');
  // XML 1.0, 2.11: line ends are one line feed before anything else looks at them.
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (!isXmlText(lines)) throw malformedXml('a character that XML does not allow');
  return lines;
}

function parse(bytes: Uint8Array, limits: XmlLimits): XmlDocument {
  if (bytes.length > limits.bytes) throw overLimit('bytes', limits.bytes);
  const text = textOfBytes(bytes);
  const before: (XmlComment | XmlInstruction)[] = [];
  const after: (XmlComment | XmlInstruction)[] = [];
  const open: OpenElement[] = [];
  let root: OpenElement | null = null;
  let at = declarationEnd(text);
  let nodes = 0;

  const add = (node: XmlNode): void => {
    if (++nodes > limits.nodes) throw overLimit('nodes', limits.nodes);
    const parent = open.at(-1);
    if (parent !== undefined) parent.children.push(node);
    else if (node.type === 'comment' || node.type === 'instruction')
      (root === null ? before : after).push(node);
    else if (node.type === 'text' && /[^ \t\n]/.test(node.value))
      throw malformedXml('text outside the root element');
  };

  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next === -1 ? text.length : next;
    if (end > at) addText(text.slice(at, end), open, add);
    if (next === -1) break;
    at = next;
    if (text.startsWith('<!--', at)) {
      const close = text.indexOf('--', at + 4);
      if (close === -1 || text[close + 2] !== '>') throw malformedXml('a comment without its end');
      add({ type: 'comment', value: text.slice(at + 4, close) });
      at = close + 3;
    } else if (text.startsWith('<![CDATA[', at)) {
      const close = text.indexOf(']]>', at);
      if (close === -1 || open.length === 0) throw malformedXml('a CDATA section out of place');
      addRaw(text.slice(at + 9, close), open, add);
      at = close + 3;
    } else if (text.startsWith('<!', at)) {
      if (/^<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/.test(text.slice(at, at + 12)))
        throw new Refusal('xml.doctype', 'The XML declares a document type, which is refused.');
      throw malformedXml('a declaration out of place');
    } else if (text.startsWith('<?', at)) {
      const close = text.indexOf('?>', at);
      if (close === -1) throw malformedXml('an instruction without its end');
      add(instructionOf(text.slice(at + 2, close)));
      at = close + 2;
    } else if (text.startsWith('</', at)) {
      const close = text.indexOf('>', at);
      const element = open.pop();
      const name = text.slice(at + 2, close === -1 ? at + 2 : close).replace(/[ \t\n]+$/, '');
      if (element === undefined || name !== element.name)
        throw malformedXml('an end tag without its beginning');
      if (element.inner !== null) element.inner = { start: element.inner.start, end: at };
      at = close + 1;
    } else {
      if (root !== null && open.length === 0) throw malformedXml('a second root element');
      const tag = tagAt(text, at, limits);
      const element = openElement(tag, open.at(-1) ?? null);
      add(element);
      root ??= element;
      if (!tag.empty) open.push(element);
      if (open.length > limits.depth) throw overLimit('depth', limits.depth);
      at = tag.end;
    }
  }
  if (open.length > 0 || root === null) throw malformedXml('it ends before its root element does');
  return { before, root, after, text };
}

function addText(raw: string, open: readonly OpenElement[], add: (node: XmlNode) => void): void {
  if (raw.includes(']]>')) throw malformedXml('the end of a CDATA section out of place');
  if (open.length === 0) add({ type: 'text', value: raw });
  else addRaw(decodeReferences(raw), open, add);
}

/** Neighbouring texts are one: a CDATA section must not make two trees of one content. */
function addRaw(value: string, open: readonly OpenElement[], add: (node: XmlNode) => void): void {
  const siblings = open.at(-1)?.children ?? [];
  const last = siblings.at(-1);
  if (last?.type === 'text')
    siblings[siblings.length - 1] = { type: 'text', value: last.value + value };
  else if (value !== '') add({ type: 'text', value });
}

/** XML 1.0, 2.8: version 1.0, and an encoding that says what we read. */
function declarationEnd(text: string): number {
  if (!/^<\?xml[ \t\n]/.test(text)) return 0;
  const end = text.indexOf('?>');
  const declaration =
    /^<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(["'])1\.[0-9]+\1(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(["'])([A-Za-z][A-Za-z0-9._-]*)\2)?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(["'])(?:yes|no)\4)?[ \t\n]*$/;
  const match = end === -1 ? null : declaration.exec(text.slice(0, end));
  if (match === null) throw malformedXml('its declaration');
  if (match[3] !== undefined && !/^(utf-?8|us-ascii)$/i.test(match[3]))
    throw new Refusal('xml.encoding', 'The XML says that it is not written in UTF-8.');
  return end + 2;
}

function instructionOf(body: string): XmlInstruction {
  const space = body.search(/[ \t\n]/);
  const target = space === -1 ? body : body.slice(0, space);
  qualifiedName.lastIndex = 0;
  const match = qualifiedName.exec(target);
  if (match?.[0] !== target || match[1] !== undefined || /^xml$/i.test(target))
    throw malformedXml('an instruction out of place');
  return { type: 'instruction', target, value: body.slice(target.length).replace(/^[ \t\n]+/, '') };
}

function nameAt(text: string, at: number): { readonly prefix: string; readonly local: string } {
  qualifiedName.lastIndex = at;
  const match = qualifiedName.exec(text);
  if (match === null || text[qualifiedName.lastIndex] === ':') throw malformedXml('a name');
  return { prefix: match[1] ?? '', local: match[2] ?? '' };
}

function tagAt(text: string, start: number, limits: XmlLimits): Tag {
  const { prefix, local } = nameAt(text, start + 1);
  let at = qualifiedName.lastIndex;
  const attributes: { prefix: string; local: string; value: string }[] = [];
  for (;;) {
    const from = at;
    while (/[ \t\n]/.test(text[at] ?? '')) at++;
    if (text[at] === '>') return { prefix, local, attributes, empty: false, end: at + 1 };
    if (text.startsWith('/>', at)) return { prefix, local, attributes, empty: true, end: at + 2 };
    if (from === at) throw malformedXml('a tag without its end');
    const name = nameAt(text, at);
    at = qualifiedName.lastIndex;
    const equals = /[ \t\n]*=[ \t\n]*(["'])/y;
    equals.lastIndex = at;
    const quote = equals.exec(text)?.[1];
    if (quote === undefined) throw malformedXml('an attribute without its value');
    const close = text.indexOf(quote, equals.lastIndex);
    if (close === -1) throw malformedXml('an attribute without its end');
    const raw = text.slice(equals.lastIndex, close);
    if (raw.includes('<')) throw malformedXml('a tag inside an attribute');
    // XML 1.0, 3.3.3: white space as it stands is a space; as a character reference it stays.
    attributes.push({ ...name, value: decodeReferences(raw.replace(/[\t\n]/g, ' ')) });
    if (attributes.length > limits.attributes) throw overLimit('attributes', limits.attributes);
    at = close + 1;
  }
}
