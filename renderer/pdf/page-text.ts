/** The words of a page as paragraphs, for the text view and for reading aloud. */
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { TextItem } from 'pdfjs-dist/types/src/display/api';
import type { Box } from '../../shared/document.ts';
import { isUnder, runBox } from '../../shared/text-box.ts';
import { i18n } from '../i18n/i18n.ts';

/** A gap of more than so many line heights starts a new paragraph. */
const paragraphGap = 1.7;

interface Line {
  text: string;
  /** Baseline in user space, and the height of the letters. */
  readonly y: number;
  readonly height: number;
}

function linesOf(items: readonly TextItem[]): Line[] {
  const lines: Line[] = [];
  let line: Line | null = null;
  for (const item of items) {
    const y = Number(item.transform[5]);
    const height: number = item.height > 0 ? item.height : (line?.height ?? 10);
    const sameLine = line !== null && Math.abs(line.y - y) < height * 0.5;
    if (line !== null && sameLine) line.text += item.str;
    else if (item.str.trim() !== '') {
      line = { text: item.str, y, height };
      lines.push(line);
    }
    if (item.hasEOL) line = null;
  }
  return lines;
}

/** Paragraphs in the order the file gives them; empty where a page has no text (a scanned picture). */
export function paragraphsOf(items: readonly TextItem[]): readonly string[] {
  const paragraphs: string[] = [];
  let before: Line | null = null;
  for (const line of linesOf(items)) {
    const text = line.text.replace(/\s+/g, ' ').trim();
    if (text === '') continue;
    const last = paragraphs.at(-1);
    const apart =
      before === null ||
      last === undefined ||
      Math.abs(before.y - line.y) > paragraphGap * Math.max(before.height, line.height) ||
      Math.abs(before.height - line.height) > 1.5;
    if (apart) paragraphs.push(text);
    else {
      const hyphen = last.endsWith('-') && /^\p{Ll}/u.test(text);
      paragraphs[paragraphs.length - 1] = hyphen ? last.slice(0, -1) + text : `${last} ${text}`;
    }
    before = line;
  }
  return paragraphs;
}

/**
 * The paragraphs of page `index` (0-based). What something else on the page may hide is not read as if it could
 * be seen: it comes last, and says so.
 */
export async function readPage(pdf: PDFDocumentProxy, index: number): Promise<readonly string[]> {
  const page = await pdf.getPage(index + 1);
  const content = await page.getTextContent();
  const items = content.items.filter((item): item is TextItem => 'str' in item);
  const over = await lyingOver(page);
  const isHidden = (item: TextItem) => over.length > 0 && isUnder(runBox(item), over);
  const hidden = paragraphsOf(items.filter(isHidden)).filter((text) => /[\p{L}\p{N}]/u.test(text));
  return [
    ...paragraphsOf(items.filter((item) => !isHidden(item))),
    ...hidden.map((text) => i18n.t('covered', { ns: 'pages', text })),
  ];
}

/** What pdf.js tells of an annotation, as far as it matters here. */
interface Annotation {
  readonly subtype?: string;
  readonly fieldType?: string | null;
  readonly rect?: readonly number[];
  readonly hasAppearance?: boolean;
  readonly noView?: boolean;
  readonly hidden?: boolean;
}

/** They mark what stands there, or show nothing of their own; a signature's mark is made to be seen through. */
const marks = /^(?:Link|Popup|Highlight|Underline|StrikeOut|Squiggly|Ink|Line|Caret)$/;

async function lyingOver(page: PDFPageProxy): Promise<readonly Box[]> {
  const annotations = (await page.getAnnotations()) as readonly Annotation[];
  return annotations
    .filter((one) => one.hasAppearance === true && one.noView !== true && one.hidden !== true)
    .filter((one) => !marks.test(one.subtype ?? '') && one.fieldType !== 'Sig')
    .map(({ rect = [] }) => {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = rect;
      return { x0, y0, x1, y1 };
    });
}
