/** What a number or a name looks like where it stands by mistake, and where in some bytes it does. */

export interface Secret {
  /** How it is called in a report: the report must not repeat it. */
  readonly label: string;
  readonly forms: readonly Form[];
}

interface Form {
  readonly name: string;
  readonly bytes: Buffer;
}

/** `010180 12345`, and with the letters that people put between. */
function spellings(text: string): readonly [name: string, text: string][] {
  if (/^\d{11}$/.test(text))
    return [
      ['plain', text],
      ['spaced', `${text.slice(0, 6)} ${text.slice(6)}`],
      ['spaced hard', `${text.slice(0, 6)}\u00a0${text.slice(6)}`],
      ['dashed', `${text.slice(0, 6)}-${text.slice(6)}`],
    ];
  const turned = text.split(' ').reverse();
  return [
    ['plain', text],
    ['lower case', text.toLowerCase()],
    ['upper case', text.toUpperCase()],
    ['decomposed', text.normalize('NFD')],
    ['turned', turned.join(' ')],
    ['turned, comma', turned.join(', ')],
    ['joined', text.replaceAll(' ', '_')],
  ];
}

/** The letters that stand in base64 for the text whatever comes before and after it. */
function base64Of(plain: Buffer, offset: number): string {
  const length = offset + plain.length;
  const text = Buffer.concat([Buffer.alloc(offset), plain, Buffer.alloc(2)]).toString('base64');
  // A letter carries six bits: those that are shared with a neighbour are left out.
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor((length * 8) / 6));
}

function encodings(text: string): readonly Form[] {
  const plain = Buffer.from(text);
  const wide = Buffer.from(text, 'utf16le');
  const hex = plain.toString('hex');
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const url = encodeURIComponent(text);
  return [
    { name: 'UTF-8', bytes: plain },
    { name: 'UTF-16 LE', bytes: wide },
    { name: 'UTF-16 BE', bytes: Buffer.from(wide).swap16() },
    { name: 'Latin-1', bytes: Buffer.from(text, 'latin1') },
    ...[0, 1, 2].map((offset) => ({
      name: `base64 at ${offset}`,
      bytes: Buffer.from(base64Of(plain, offset)),
    })),
    ...[0, 1, 2].map((offset) => ({
      name: `base64url at ${offset}`,
      bytes: Buffer.from(base64Of(plain, offset).replaceAll('+', '-').replaceAll('/', '_')),
    })),
    { name: 'hex', bytes: Buffer.from(hex) },
    { name: 'HEX', bytes: Buffer.from(hex.toUpperCase()) },
    { name: 'in an address', bytes: Buffer.from(url) },
    { name: 'in a form', bytes: Buffer.from(url.replaceAll('%20', '+')) },
    { name: 'escaped in JSON', bytes: Buffer.from(escaped) },
  ];
}

export function secretOf(label: string, text: string): Secret {
  const seen = new Set<string>();
  const forms = spellings(text).flatMap(([spelling, spelt]) =>
    encodings(spelt)
      .map(({ name, bytes }) => ({ name: `${spelling}, ${name}`, bytes }))
      .filter(({ bytes }) => {
        const once = !seen.has(bytes.toString('latin1'));
        seen.add(bytes.toString('latin1'));
        return once;
      }),
  );
  return { label, forms };
}

/** Which forms of it stand in the bytes. */
export function formsFound(bytes: Buffer, { forms }: Secret): readonly string[] {
  return forms.filter((form) => bytes.includes(form.bytes)).map(({ name }) => name);
}
