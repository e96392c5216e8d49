import { XmlC14NMode, XmlDocument } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { canonicalDocument, canonicalElement } from '../../../electron/core/xades/c14n.ts';
import type { Canonicalisation } from '../../../electron/core/xades/c14n.ts';
import { unwrap } from '../../../shared/result.ts';
import { readXml } from '../../../shared/xml/read-xml.ts';
import { allElements } from '../../../shared/xml/tree.ts';
import { strictUtf8, utf8Bytes } from '../../../shared/xml/utf8.ts';
import { postenFixture } from '../../support/schemas.ts';

const modes = {
  'inclusive-1.0': XmlC14NMode.XML_C14N_1_0,
  'inclusive-1.1': XmlC14NMode.XML_C14N_1_1,
  exclusive: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
} as const;

const samples: readonly (readonly [string, string | Uint8Array])[] = [
  [
    'namespaces',
    '<a xmlns="urn:a" xmlns:b="urn:b" b:z="1" a="2" x="3"><b:c xmlns=""><d/></b:c></a>',
  ],
  [
    'shadowing',
    '<a:a xmlns:a="urn:1"><a:a xmlns:a="urn:2" xmlns:c="urn:c"><b a:x="1"/></a:a><a:a/></a:a>',
  ],
  ['empty default', '<a xmlns="urn:a"><b xmlns=""><c xmlns="urn:a" d=""/></b></a>'],
  [
    'escapes',
    '<a b="&#9;&#10;&#13;&quot;&lt;&gt;&amp;\'">&#13;&lt;&gt;&amp;"\'<![CDATA[<x>]]></a>',
  ],
  ['xml attributes', '<a xml:lang="nb" xml:space="preserve"><b xml:lang="en"><c/></b><d/></a>'],
  ['comments', '<?p  q ?><!-- a --><a><!--b--><?r?>x</a><!-- c --><?s t?>'],
  ['characters', '<å ø="é">æ😀\u0085</å>'],
  ['attribute order', '<a xmlns:z="urn:1" xmlns:y="urn:2" y:b="1" z:b="2" b="3" z:a="4"/>'],
  ['a signature', postenFixture('captured/php_signatures.xml')],
  ['another signature', postenFixture('examples/xades/signatures.xml')],
  ['a result', postenFixture('results/ltvsdo-xades-skeleton.xml')],
];

describe('canonicalisation', () => {
  it.each(
    samples.flatMap(([name, xml]) =>
      (Object.keys(modes) as (keyof typeof modes)[]).flatMap((type) =>
        [false, true].map((comments) => [name, type, comments, xml] as const),
      ),
    ),
  )('writes %s (%s, comments %s) as libxml2 does', (_, type, comments, xml) => {
    const bytes = typeof xml === 'string' ? utf8Bytes(xml) : xml;
    const method: Canonicalisation = { type, comments, inclusivePrefixes: [] };
    const document = unwrap(readXml(bytes));
    const other = XmlDocument.fromBuffer(bytes);
    const options = { mode: modes[type], withComments: comments };
    try {
      expect(strictUtf8(canonicalDocument(document, method))).toBe(
        other.canonicalizeToString(options),
      );
      const ours = [...allElements(document.root)];
      const theirs = other.find('//*');
      expect(theirs).toHaveLength(ours.length);
      for (const [index, element] of ours.entries())
        expect(strictUtf8(canonicalElement(element, method))).toBe(
          theirs[index]?.canonicalizeToString(options),
        );
    } finally {
      other.dispose();
    }
  });

  it('takes the listed prefixes as the inclusive kind does', () => {
    const xml = '<a xmlns="urn:a" xmlns:b="urn:b" xmlns:c="urn:c"><b:d/></a>';
    const [, element] = [...allElements(unwrap(readXml(utf8Bytes(xml))).root)];
    if (element === undefined) throw new Error('no element');
    const written = canonicalElement(element, {
      type: 'exclusive',
      comments: false,
      inclusivePrefixes: ['', 'c', 'nowhere'],
    });
    expect(strictUtf8(written)).toBe('<b:d xmlns="urn:a" xmlns:b="urn:b" xmlns:c="urn:c"></b:d>');
  });
});
