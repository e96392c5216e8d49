import { describe, expect, test } from 'vitest';
import { plainPdf } from '../../support/plain-pdf.ts';
import { appended, signedWith, verified } from '../../support/signing.ts';
import { patched, withByteRange } from '../../support/tampering.ts';

const signed = await signedWith(plainPdf());

async function verdict(bytes: Uint8Array) {
  const { signatures, indication } = await verified(bytes);
  const [first] = signatures;
  return { count: signatures.length, indication, sub: first?.subIndication, intact: first?.intact };
}

const malformed = { count: 1, indication: 'TOTAL-FAILED', sub: 'FORMAT_FAILURE', intact: false };

describe('universal signature forgery: a byte range that is no byte range', () => {
  test.each<[string, (range: number[]) => string]>([
    ['null', () => 'null'],
    ['a number', () => '0'],
    ['empty', () => '[]'],
    ['two numbers', ([a, b]) => `[${a} ${b}]`],
    ['three numbers', ([a, b, c]) => `[${a} ${b} ${c}]`],
    ['a negative start', ([, b, c, d]) => `[-1 ${b} ${c} ${d}]`],
    ['a negative length', ([a, , c, d]) => `[${a} -1 ${c} ${d}]`],
    ['a negative tail', ([a, b, c]) => `[${a} ${b} ${c} -1]`],
    ['zeros', () => '[0 0 0 0]'],
    ['a real number', ([a, b, c, d]) => `[${a} ${b} ${c} ${d}.0]`],
    ['null inside', ([a, b, c]) => `[${a} ${b} ${c} null]`],
    ['not from the start', ([, b, c, d]) => `[1 ${(b ?? 0) - 1} ${c} ${d}]`],
    ['a gap that is too large', ([a, b, c, d]) => `[${a} ${(b ?? 0) - 2} ${c} ${d}]`],
    ['a gap that is too small', ([a, b, c, d]) => `[${a} ${(b ?? 0) + 1} ${c} ${d}]`],
    ['a gap without its end', ([a, b, c, d]) => `[${a} ${b} ${(c ?? 0) - 1} ${(d ?? 0) + 1}]`],
    ['overlapping parts', ([a, b, , d]) => `[${a} ${b} ${(b ?? 0) - 5} ${d}]`],
    ['touching parts', ([a, b, , d]) => `[${a} ${b} ${b} ${d}]`],
    ['a tail beyond the file', ([a, b, c, d]) => `[${a} ${b} ${c} ${(d ?? 0) + 1}]`],
    ['numbers no file has', ([a, b]) => `[${a} ${b} 99999999999 99999999999]`],
    ['a reference', ([a, b, c]) => `[${a} ${b} ${c} 1 0 R]`],
  ])('%s', async (_, change) => {
    expect(await verdict(withByteRange(signed, change))).toEqual(malformed);
  });

  test('a fifth number', async () => {
    const bytes = withByteRange(signed, ([a, b, c, d]) => `[${a} ${b} ${c} ${d} 0]`);
    expect(await verdict(bytes)).toEqual(malformed);
  });

  test('no byte range at all', async () => {
    const bytes = patched(signed, (text) => text.replace('/ByteRange', '/ByteRangX'));
    expect(await verdict(bytes)).toEqual(malformed);
  });

  test('no contents', async () => {
    const bytes = patched(signed, (text) => text.replace('/Contents <', '/ContentX <'));
    expect(await verdict(bytes)).toEqual(malformed);
  });

  test('two byte ranges', async () => {
    const bytes = patched(signed, (text) =>
      text.replace('/Filter /Adobe.PPKLite', '/ByteRange []/X /Y    ').replace('/X /Y', '/X/YY'),
    );
    expect(bytes.length).toBe(signed.length);
    expect(await verdict(bytes)).toMatchObject({ indication: 'TOTAL-FAILED' });
  });

  test('something but hexadecimal digits in the gap', async () => {
    const bytes = patched(signed, (text) => text.replace(/0000>/, '00\n0>'));
    expect(await verdict(bytes)).toEqual(malformed);
  });

  test('something hidden in the padding behind the signature', async () => {
    const bytes = patched(signed, (text) => text.replace(/0000>/, '4142>'));
    expect(await verdict(bytes)).toEqual(malformed);
  });
});

describe('signature wrapping', () => {
  test('a copy of the dictionary elsewhere does not own the gap', async () => {
    const text = Buffer.from(signed).toString('latin1');
    const number = /(\d+) 0 obj\s*<<[^>]*\/Type \/Sig\b/.exec(text)?.[1];
    const body = new RegExp(`\\n${number} 0 obj[\\s\\S]*?endobj`).exec(text)?.[0] ?? '';
    const start = text.lastIndexOf('startxref');
    const previous = /startxref\s+(\d+)/.exec(text.slice(start))?.[1];
    const xref = signed.length + body.length + 1;
    const tail =
      `${body}\nxref\n${number} 1\n${String(signed.length + 1).padStart(10, '0')} 00000 n \n` +
      `trailer\n<< /Size 99 /Root 1 0 R /Prev ${previous} >>\nstartxref\n${xref}\n%%EOF\n`;
    const bytes = appended(signed, new Uint8Array(Buffer.from(tail, 'latin1')));
    expect(await verdict(bytes)).toEqual(malformed);
  });
});

test('the signature as it was made is good', async () => {
  expect(await verdict(signed)).toEqual({
    count: 1,
    indication: 'TOTAL-PASSED',
    sub: null,
    intact: true,
  });
});
