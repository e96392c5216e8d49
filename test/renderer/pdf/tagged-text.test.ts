import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPage } from '../../../renderer/pdf/page-text.ts';
import { blocksOf, languageOf, readBlocks } from '../../../renderer/pdf/tagged-text.ts';

type Content = Parameters<typeof blocksOf>[0];
type Tree = Parameters<typeof blocksOf>[1];

let pdf: PDFDocumentProxy;
beforeAll(async () => {
  const data = readFileSync(join(import.meta.dirname, '../../../resources/sample/leieavtale.pdf'));
  pdf = await getDocument({ data: new Uint8Array(data), verbosity: 0 }).promise;
});
afterAll(() => pdf.loadingTask.destroy());

const text = (str: string, hasEOL = false) => ({
  ...{ str, hasEOL, dir: 'ltr', width: 50, height: 10, fontName: 'f' },
  transform: [10, 0, 0, 10, 0, 700],
});
const begin = (id?: string) => ({
  type: 'beginMarkedContentProps',
  ...(id === undefined ? {} : { id }),
});
const end = { type: 'endMarkedContent' };
const content = (...items: unknown[]) => ({ items, styles: {}, lang: null }) as unknown as Content;
const tree = (...children: unknown[]) => ({ role: 'Root', children }) as unknown as Tree;
const leaf = (id: string) => ({ type: 'content', id });

describe('the text of a tagged page', () => {
  it('of the sample has its headings, its language and every word', async () => {
    expect(await languageOf(pdf)).toMatch(/^n[bo]/);
    const words = (lines: readonly string[]) => lines.join(' ').replaceAll(/[\s-]/g, '').length;
    for (let page = 0; page < pdf.numPages; page += 1) {
      const blocks = await readBlocks(pdf, page);
      if (page === 0) expect(blocks.some(({ level }) => level > 0)).toBe(true);
      const plain = words(await readPage(pdf, page));
      expect(words(blocks.map((block) => block.text))).toBeGreaterThanOrEqual(plain);
    }
  });

  it('comes in the order of the tags, with what stands for pictures', () => {
    const items = content(
      ...[begin('b'), text('Brødtekst, '), text('og mer', true), end],
      ...[begin('a'), text('Overskrift'), end],
    );
    const tags = tree(
      { role: 'H2', children: [leaf('a')] },
      { role: 'P', children: [{ role: 'Span', children: [leaf('b')] }] },
      { role: 'Figure', alt: 'Kart over tomten', children: [] },
    );
    expect(blocksOf(items, tags)).toEqual([
      { text: 'Overskrift', level: 2, picture: false },
      { text: 'Brødtekst, og mer', level: 0, picture: false },
      { text: 'Kart over tomten', level: 0, picture: true },
    ]);
  });

  it('keeps nothing from the ear that the eye sees', () => {
    const items = content(
      ...[begin('a'), text('Merket'), end, text('Uten merke', true)],
      ...[begin('x'), text('Merket, men i ingen orden', true), end, begin(), text('Pynt'), end],
    );
    const said = blocksOf(items, tree({ role: 'P', children: [leaf('a')] }));
    const all = said.map((block) => block.text).join(' ');
    for (const each of ['Merket', 'Uten merke', 'Merket, men i ingen orden', 'Pynt'])
      expect(all).toContain(each);
    expect(blocksOf(content(text('Alene')), null)).toMatchObject([{ text: 'Alene', level: 0 }]);
  });
});
