/** Which characters XML allows where (XML 1.0, 2.2 and 2.3). */

const outside = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether every character may stand in an XML document. */
export function isXmlText(text: string): boolean {
  return !outside.test(text) && !loneSurrogate.test(text);
}

const start =
  'A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}';
const more = `${start}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f-\\u2040`;

/** A name with an optional prefix (Namespaces in XML, 4), from where the expression is set to look. */
export const qualifiedName = new RegExp(`(?:([${start}][${more}]*):)?([${start}][${more}]*)`, 'uy');

/** Text as character data of an element, in the canonical spelling (Canonical XML 1.0, 2.3). */
export function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (c) =>
    c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : '&#xD;',
  );
}

/** Text between the double quotes of an attribute, in the canonical spelling. */
export function escapeAttribute(text: string): string {
  return text.replace(/[&<"\t\n\r]/g, (c) => attributeEscapes[c] ?? c);
}

const attributeEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};
