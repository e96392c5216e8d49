/** References in text and attributes: the five entities and characters by number (XML 1.0, 4.1, 4.6). */
import { Refusal } from '../result.ts';
import { isXmlText } from './characters.ts';

const five: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Throws `xml.entity` for any other entity, `xml.malformed` for a character XML does not have. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&<]{0,32});|&/g, (_, name: string | undefined) => {
    if (name === undefined || name === '') throw unknown();
    const known = Object.hasOwn(five, name) ? five[name] : undefined;
    if (known !== undefined) return known;
    const number = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
    if (number === null) throw unknown();
    return character(number[1] === undefined ? Number(number[2]) : parseInt(number[1], 16));
  });
}

function character(code: number): string {
  const text = code > 0x10ffff ? '\0' : String.fromCodePoint(code);
  if (!isXmlText(text))
    throw new Refusal('xml.malformed', 'The XML is not well-formed: a character it cannot have.');
  return text;
}

function unknown(): Refusal {
  return new Refusal('xml.entity', 'The XML uses an entity, which is refused.');
}
