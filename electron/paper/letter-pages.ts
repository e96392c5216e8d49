/** A letter to one person, on A4. */
import type { PDFDocument } from 'pdf-lib';
import type { Language } from '../../shared/job/job.ts';
import type { FontFiles } from '../core/pdf/font.ts';
import { text } from './blocks.ts';
import { palette } from './ink.ts';
import type { Weight } from './letters.ts';
import { createSheets, textWidth } from './sheets.ts';

export interface LetterContent {
  readonly language: Language;
  readonly office: string;
  readonly to: string;
  readonly date: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

export function letterPages(
  { language, office, to, date, heading, paragraphs }: LetterContent,
  fonts: Readonly<Record<Weight, FontFiles>>,
): Promise<PDFDocument> {
  const sheets = createSheets(fonts, language);
  const { letters } = sheets;
  const { ink, muted } = palette;
  const line = (words: string, gap: number, bold = false) => {
    const style = { size: 11, colour: ink, weight: bold ? 'bold' : 'regular' } as const;
    sheets.add(text(letters, words, textWidth, style), gap);
  };
  line(office, 0, true);
  // Where the window of an envelope is (NS 4128).
  line(to, 62);
  line(date, 62);
  sheets.add(
    text(letters, heading, textWidth, { size: 17, weight: 'bold', colour: ink, role: 'H1' }),
    28,
  );
  for (const paragraph of paragraphs)
    for (const [index, part] of paragraph.split('\n').entries()) line(part, index === 0 ? 12 : 0);
  return sheets.finish(() => text(letters, office, textWidth, { size: 8, colour: muted }));
}
