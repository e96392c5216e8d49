/** Pages of A4 that blocks flow onto, tagged for readers that speak, as a PDF/A with embedded fonts. */
import { PDFDocument, PDFName, PDFString } from 'pdf-lib';
import type { PDFRef } from 'pdf-lib';
import { calRgb, calGrey } from '../core/pdf/appearance.ts';
import type { MarkImage } from '../core/pdf/appearance-image.ts';
import type { FontFiles } from '../core/pdf/font.ts';
import { adder } from './objects-for-pdf-lib.ts';
import type { Block, Role, Surface } from './blocks.ts';
import { createLetters, type Letters, type Weight } from './letters.ts';

export const a4 = { width: 595.28, height: 841.89 };
export const margin = 54;
export const textWidth = a4.width - 2 * margin;
const bottom = 66;

/** A picture that blocks draw by its name, as large as they draw it. */
export interface Picture {
  readonly name: string;
  readonly image: MarkImage;
  readonly width: number;
  readonly height: number;
}

interface Sheet {
  readonly operators: string[];
  /** Role of each marked content of the page, by its number. */
  readonly roles: Role[];
}

export interface Sheets {
  readonly letters: Letters;
  /** Puts a block below what stands there, on a new page where it does not fit. */
  add(block: Block, gap?: number): void;
  /** A heading that must not stand alone at the end of a page: together with this much after it. */
  keep(height: number): void;
  readonly count: () => number;
  /** The pages as a document; `footer` draws on each once their number is known. */
  finish(footer: (page: number, pages: number) => Block): Promise<PDFDocument>;
}

export function createSheets(
  fonts: Readonly<Record<Weight, FontFiles>>,
  language: string,
  picture: Picture | null = null,
): Sheets {
  const letters = createLetters(fonts);
  const sheets: Sheet[] = [];
  let at = 0;
  const begin = (): Sheet => {
    const sheet: Sheet = { operators: [], roles: [] };
    sheets.push(sheet);
    at = a4.height - margin;
    return sheet;
  };
  const last = (): Sheet => sheets.at(-1) ?? begin();
  const keep = (height: number): void => {
    last();
    if (at - height < bottom && at < a4.height - margin) begin();
  };
  return {
    letters,
    keep,
    count: () => sheets.length,
    add(block, gap = 0) {
      last();
      if (at < a4.height - margin) at -= gap;
      keep(block.height);
      block.draw(surfaceOf(last()), margin, at);
      at -= block.height;
    },
    async finish(footer) {
      sheets.forEach((sheet, index) => {
        const surface = surfaceOf(sheet);
        // ISO 32000-2, 14.8.2.2: page numbers are no part of what is said.
        const aside = { ...surface, mark: (_: Role, drawn: string) => surface.decorate(drawn) };
        footer(index + 1, sheets.length).draw(aside, margin, bottom - 18);
      });
      return bound(sheets, letters, language, picture);
    },
  };
}

function surfaceOf({ operators, roles }: Sheet): Surface {
  return {
    mark(role, drawn) {
      operators.push(`/${role} <</MCID ${roles.length}>> BDC\n${drawn}\nEMC`);
      roles.push(role);
    },
    decorate: (drawn) => void operators.push(`/Artifact BMC\n${drawn}\nEMC`),
  };
}

async function bound(
  sheets: readonly Sheet[],
  letters: Letters,
  language: string,
  picture: Picture | null,
): Promise<PDFDocument> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = document;
  const { add, refOf } = adder(context);
  const fonts = Object.entries(letters.embed(add)).map(
    ([name, ref]) => [name, refOf(ref)] as const,
  );
  const colours = { grey: calGrey, rgb: calRgb };
  const pictures =
    picture === null
      ? {}
      : { [picture.name]: refOf(add(picture.image.embed(picture, false, colours, add))) };
  const root = context.nextRef();
  const kids: PDFRef[] = [];
  const parents: (number | PDFRef[])[] = [];
  sheets.forEach(({ operators, roles }, index) => {
    const page = document.addPage([a4.width, a4.height]);
    const stream = context.flateStream(operators.join('\n'));
    page.node.set(PDFName.of('Contents'), context.register(stream));
    page.node.set(
      PDFName.of('Resources'),
      context.obj({ Font: Object.fromEntries(fonts), XObject: pictures }),
    );
    page.node.set(PDFName.of('StructParents'), context.obj(index));
    page.node.set(PDFName.of('Tabs'), PDFName.of('S'));
    const elements = roles.map((role, mcid) =>
      context.register(
        context.obj({ Type: 'StructElem', S: role, P: root, Pg: page.ref, K: mcid }),
      ),
    );
    kids.push(...elements);
    parents.push(index, elements);
  });
  context.assign(
    root,
    context.obj({
      ...{ Type: 'StructTreeRoot', K: kids, ParentTreeNextKey: sheets.length },
      ParentTree: context.register(context.obj({ Nums: parents })),
    }),
  );
  catalog.set(PDFName.of('StructTreeRoot'), root);
  catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }));
  catalog.set(PDFName.of('Lang'), PDFString.of(language));
  catalog.set(PDFName.of('ViewerPreferences'), context.obj({ DisplayDocTitle: true }));
  return document;
}
