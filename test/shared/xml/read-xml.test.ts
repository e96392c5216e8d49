import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allElements, attributeOf, textOf } from '../../../shared/xml/tree.ts';
import type { XmlDocument } from '../../../shared/xml/tree.ts';
import { readXml } from '../../../shared/xml/read-xml.ts';
import { strictUtf8, utf8Bytes } from '../../../shared/xml/utf8.ts';
import { xmlElement, xmlLeaf } from '../../../shared/xml/write-xml.ts';
import { unwrap } from '../../../shared/result.ts';

function read(text: string): XmlDocument {
  return unwrap(readXml(utf8Bytes(text)));
}

function code(text: string | Uint8Array, limits = {}): string {
  const result = readXml(typeof text === 'string' ? utf8Bytes(text) : text, limits);
  return result.ok ? 'ok' : result.error.code;
}

describe('the XML reader', () => {
  it('reads namespaces, references, sections and line ends', () => {
    const { root, before, after } = read(
      '\ufeff<?xml version="1.0" encoding="UTF-8"?><!--a--><?p q?>\r\n' +
        '<n:a xmlns:n="urn:n" xmlns="urn:d" b="1\t2&#9;3" n:b=\'&lt;\'><c>x\r\ny&amp;<![CDATA[<&]]>&#x1F600;</c></n:a>\n<!--z-->',
    );
    expect([root.namespace, root.local, root.prefix]).toEqual(['urn:n', 'a', 'n']);
    expect(attributeOf(root, 'b')).toBe('1 2\t3');
    expect(root.attributes[1]).toEqual({ prefix: 'n', local: 'b', namespace: 'urn:n', value: '<' });
    const [, c] = [...allElements(root)];
    expect([c?.namespace, c === undefined ? '' : textOf(c)]).toEqual(['urn:d', 'x\ny&<&😀']);
    expect(c?.children).toHaveLength(1);
    expect([before.length, after.length]).toEqual([2, 1]);
  });

  it.each([
    ['<!DOCTYPE a><a/>', 'xml.doctype'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'xml.doctype'],
    ['<a>&x;</a>', 'xml.entity'],
    ['<a b="&nbsp;"/>', 'xml.entity'],
    ['<a>&#0;</a>', 'xml.malformed'],
    ['<a>&#xD800;</a>', 'xml.malformed'],
    ['<a>&</a>', 'xml.entity'],
    ['<?xml version="1.0" encoding="ISO-8859-1"?><a/>', 'xml.encoding'],
    ['<a>', 'xml.malformed'],
    ['<a></b>', 'xml.malformed'],
    ['<a/><b/>', 'xml.malformed'],
    ['<a/>x', 'xml.malformed'],
    ['', 'xml.malformed'],
    ['<a b="1" b="2"/>', 'xml.malformed'],
    ['<a xmlns:x="u" xmlns:y="u" x:b="1" y:b="2"/>', 'xml.malformed'],
    ['<x:a/>', 'xml.malformed'],
    ['<a xmlns:x=""/>', 'xml.malformed'],
    ['<a xmlns:xml="urn:x"/>', 'xml.malformed'],
    ['<a:b:c xmlns:a="u"/>', 'xml.malformed'],
    ['<a b=1/>', 'xml.malformed'],
    ['<a b="<"/>', 'xml.malformed'],
    ['<a b="1"c="2"/>', 'xml.malformed'],
    ['<a>]]></a>', 'xml.malformed'],
    ['<!-- -- --><a/>', 'xml.malformed'],
    [' <?xml version="1.0"?><a/>', 'xml.malformed'],
    ['<a>\u0001</a>', 'xml.malformed'],
    ['<a>\ufffe</a>', 'xml.malformed'],
    ['<a/', 'xml.malformed'],
  ])('refuses %s', (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it('refuses other encodings and what is too much', () => {
    expect(code(Uint8Array.of(0xff, 0xfe, 0x3c, 0x00))).toBe('xml.encoding');
    expect(code(Uint8Array.of(0x3c, 0x61, 0x3e, 0xc0, 0x80))).toBe('xml.encoding');
    expect(code('<a>'.repeat(101) + '</a>'.repeat(101))).toBe('xml.limit');
    expect(code(`<a>${'<b/>'.repeat(20)}</a>`, { nodes: 10 })).toBe('xml.limit');
    expect(code('<a>12345</a>', { bytes: 5 })).toBe('xml.limit');
    expect(code(`<a ${Array.from({ length: 300 }, (_, i) => `a${i}=""`).join(' ')}/>`)).toBe(
      'xml.limit',
    );
  });

  it('answers any bytes with a tree or a code, and reads what it writes', () => {
    const pieces = fc.constantFrom(
      '<a>',
      '</a>',
      '<b c="',
      '"/>',
      '&amp;',
      '<!--',
      '-->',
      'x',
      '&#',
    );
    fc.assert(fc.property(fc.array(pieces), (list) => code(list.join('')).length > 1));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => code(bytes).length > 1));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const clean = text.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd]/g, '');
        const { root } = read(xmlElement('a', { b: clean }, xmlLeaf('c', clean)));
        expect([attributeOf(root, 'b'), textOf(root)]).toEqual([clean, clean]);
        expect(strictUtf8(utf8Bytes(clean))).toBe(clean);
      }),
    );
  });
});
