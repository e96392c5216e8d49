/** `signeringsbevis.pdf`: the evidence of a job, set for people. */
import type { PDFDocument } from 'pdf-lib';
import type { FontFiles } from '../core/pdf/font.ts';
import { badge, card, row, rule, stack, text, type Block } from './blocks.ts';
import { bell, fill, number, palette, signerColours, type Colour } from './ink.ts';
import type { Letters, Weight } from './letters.ts';
import type { ProofContent, ProofSigner } from './proof-content.ts';
import type { MarkImage } from '../core/pdf/appearance-image.ts';
import { a4, createSheets, textWidth, type Picture, type Sheets } from './sheets.ts';

const { ink, muted, line, paper } = palette;

const tones = {
  green: { ground: palette.greenTint, words: palette.green },
  brass: { ground: palette.brassTint, words: palette.brassText },
  red: { ground: palette.redTint, words: palette.red },
} as const;

/** Whose paper it is: the office's own sign and colour, where it has them. */
export interface PaperLook {
  readonly logo: MarkImage | null;
  readonly colour: Colour | null;
}

const ours: PaperLook = { logo: null, colour: null };

export function proofPages(
  content: ProofContent,
  fonts: Readonly<Record<Weight, FontFiles>>,
  look: PaperLook = ours,
): Promise<PDFDocument> {
  const logo = look.logo === null ? null : logoOf(look.logo);
  const sheets = createSheets(fonts, content.language, logo);
  const { letters } = sheets;
  if (look.colour !== null) sheets.add(stripe(look.colour));
  if (logo !== null) sheets.add(logoBlock(logo));
  sheets.add(heading(letters, content, logo === null), logo === null ? 0 : 14);
  sheets.add(outcome(letters, content), 16);
  section(sheets, content.documentsHeading, 44);
  for (const document of content.documents) sheets.add(documentBlock(letters, document), 8);
  section(sheets, content.signersHeading, 120);
  content.signers.forEach((signer, index) => {
    sheets.add(signerBlock(letters, signer, index), index === 0 ? 8 : 10);
  });
  if (content.history.length > 0) section(sheets, content.historyHeading, 50);
  for (const [index, item] of content.history.entries())
    sheets.add(historyRow(letters, item), index === 0 ? 8 : 2.5);
  section(sheets, content.checkingHeading, 60);
  for (const words of content.checking)
    sheets.add(text(letters, words, textWidth, { size: 9, colour: ink }), 5);
  return sheets.finish((page, pages) => footer(letters, content, page, pages));
}

/** As wide as a letterhead's, and no higher than four lines. */
function logoOf(image: MarkImage): Picture {
  const height = Math.min(48, 200 / image.aspect);
  return { name: 'Logo', image, width: height * image.aspect, height };
}

function logoBlock({ name, image, width, height }: Picture): Block {
  return {
    height,
    draw: (on, x, top) =>
      on.decorate(
        `q ${number(width)} 0 0 ${number(height)} ${number(x)} ${number(top - height)} cm\n` +
          `${image.upright.join(' ')} cm /${name} Do Q`,
      ),
  };
}

/** Along the upper edge of the sheet; it takes no room from what is said. */
function stripe(colour: Colour): Block {
  const height = 9;
  return {
    height: 0,
    draw: (on) =>
      on.decorate(
        `${fill(colour)} 0 ${number(a4.height - height)} ${number(a4.width)} ${number(height)} re f`,
      ),
  };
}

/** The sign of the program where it stands alone, what this is, and about what. */
export function heading(
  letters: Letters,
  {
    label,
    title,
    organisation,
    references,
  }: Pick<ProofContent, 'label' | 'title' | 'organisation' | 'references'>,
  signed = true,
): Block {
  const left = signed ? 62 : 0;
  const width = textWidth - left;
  const words = stack(
    [
      text(letters, label, width, { size: 10, weight: 'bold', colour: palette.brassText }),
      text(letters, title, width, {
        size: 23,
        weight: 'bold',
        colour: ink,
        role: 'H1',
        leading: 1.25,
      }),
      text(letters, [organisation, ...references].join('  ·  '), width, {
        size: 10,
        colour: muted,
      }),
    ],
    2,
  );
  if (!signed) return words;
  const sign: Block = {
    height: 46,
    draw: (on, x, top) => on.decorate(bell(x, top - 48, 46)),
  };
  return row([
    { at: 0, block: sign },
    { at: left, block: words },
  ]);
}

function outcome(letters: Letters, { tone, outcome: said, outcomeLines }: ProofContent): Block {
  const { ground, words } = tones[tone];
  const width = textWidth - 32;
  const blocks = [
    text(letters, said, width, { size: 13.5, weight: 'bold', colour: words, leading: 1.35 }),
    ...outcomeLines.map((each) => text(letters, each, width, { colour: ink })),
  ];
  return card(stack(blocks, 2), textWidth, { padding: 14, colour: ground, bar: words });
}

export function section(sheets: Sheets, words: string, withAfter: number): void {
  const { letters } = sheets;
  const block = text(letters, words, textWidth, {
    size: 13.5,
    weight: 'bold',
    colour: palette.green,
    role: 'H2',
  });
  sheets.keep(block.height + 22 + withAfter);
  sheets.add(stack([block, rule(textWidth, line)], 4), 20);
}

function documentBlock(
  letters: Letters,
  { title, lines }: ProofContent['documents'][number],
): Block {
  return stack([
    text(letters, title, textWidth, { size: 10.5, weight: 'bold', colour: ink, role: 'H3' }),
    ...lines.map((each) => text(letters, each, textWidth, { size: 8.5, colour: muted })),
  ]);
}

function signerBlock(letters: Letters, signer: ProofSigner, index: number): Block {
  const inner = textWidth - 28;
  const indent = 32;
  const width = inner - indent;
  const colour = signerColours[index % signerColours.length] ?? palette.green;
  const name = signer.as === '' ? signer.name : `${signer.name}, ${signer.as}`;
  const head = row([
    { at: 0, block: badge(letters, index + 1, colour) },
    {
      at: indent,
      block: stack(
        [
          text(letters, name, width, { size: 12, weight: 'bold', colour: ink, role: 'H3' }),
          text(letters, signer.kind, width, {
            size: 9.5,
            weight: 'bold',
            colour: signer.signed ? palette.green : palette.red,
          }),
          ...(signer.signed
            ? [text(letters, signer.kindHelp, width, { size: 8.5, colour: muted })]
            : []),
        ],
        1,
      ),
    },
  ]);
  const facts = signer.facts.map(([label, lines]) => fact(letters, label, lines, indent, width));
  const quote = signer.quote === null ? [] : [quoted(letters, signer.quote, indent, width)];
  const whole = stack([head, ...facts.slice(0, 5), ...quote, ...facts.slice(5)], 5);
  return card(whole, textWidth, { padding: 14, colour: paper });
}

function fact(
  letters: Letters,
  label: string,
  lines: readonly string[],
  indent: number,
  width: number,
): Block {
  const room = 74;
  const one = (words: string, size: number, colour: Colour, weight: Weight = 'regular') => ({
    size,
    colour,
    weight,
    words,
  });
  const name = one(label, 8.5, muted, 'bold');
  if (lines.length === 0)
    return row([{ at: indent, block: text(letters, name.words, width, name) }]);
  const said = lines.map((each) =>
    text(letters, each, width - room, { size: 9, colour: ink, leading: 1.4 }),
  );
  return row([
    { at: indent, block: text(letters, name.words, room - 8, { ...name, leading: 1.48 }) },
    { at: indent + room, block: stack(said) },
  ]);
}

function quoted(letters: Letters, words: string, indent: number, width: number): Block {
  const block = text(letters, `«${words}»`, width - 24, { size: 9, colour: ink });
  return row([
    {
      at: indent,
      block: card(block, width, { padding: 9, colour: palette.white, bar: palette.brass }),
    },
  ]);
}

function historyRow(letters: Letters, { when, what, who }: ProofContent['history'][number]): Block {
  return row([
    { at: 0, block: text(letters, when, 160, { size: 8.5, colour: muted }) },
    { at: 166, block: text(letters, what, 220, { size: 8.5, colour: ink }) },
    {
      at: 394,
      block: text(letters, who === '' ? ' ' : who, textWidth - 394, { size: 8.5, colour: muted }),
    },
  ]);
}

export function footer(
  letters: Letters,
  content: Pick<ProofContent, 'footer' | 'page'>,
  page: number,
  pages: number,
): Block {
  const numbers = content.page.replace('{page}', String(page)).replace('{pages}', String(pages));
  const width = letters.width(numbers, 7.5, 'regular') + 1;
  return stack(
    [
      rule(textWidth, line),
      row([
        {
          at: 0,
          block: text(letters, content.footer, textWidth - width - 20, {
            size: 7.5,
            colour: muted,
          }),
        },
        {
          at: textWidth - width,
          block: text(letters, numbers, width, { size: 7.5, colour: muted }),
        },
      ]),
    ],
    5,
  );
}
