/** What one revision writes into form fields: drawn field by field, its fonts embedded once for all. */
import type { PdfUpdate } from '../pdf/document.ts';
import { createTextSetter } from '../pdf/font.ts';
import type { FontFiles, TextSetter } from '../pdf/font.ts';
import { fieldAppearance, figureOperators } from '../pdf/form-appearance.ts';
import type { FieldBox, FieldFigure } from '../pdf/form-appearance.ts';
import type { PdfRef } from '../pdf/objects.ts';

export interface FieldInk {
  /** The appearance of a figure in a box; `finish` writes it. */
  draw(figure: FieldFigure, box: FieldBox): PdfRef;
  /** Embeds the fonts and writes the appearances that have been drawn so far. */
  finish(): void;
}

/** Throws `appearance.no-glyph` from `draw` for a letter that no font has. */
export function createFieldInk(update: PdfUpdate, files: FontFiles): FieldInk {
  let made: TextSetter | null = null;
  const setter = (): TextSetter => (made ??= createTextSetter(files));
  const drawn = new Map<FieldFigure, Map<string, PdfRef>>();
  let waiting: { ref: PdfRef; operators: readonly string[]; box: FieldBox }[] = [];
  return {
    draw(figure, box) {
      // Initials on every page are the same drawing many times.
      const sizes = drawn.get(figure) ?? new Map<string, PdfRef>();
      drawn.set(figure, sizes);
      const size = `${box.width}x${box.height}/${box.rotate}`;
      const known = sizes.get(size);
      if (known !== undefined) return known;
      const operators = figureOperators(figure, box, setter);
      const ref = update.allocate();
      waiting.push({ ref, operators, box });
      sizes.set(size, ref);
      return ref;
    },
    finish() {
      if (waiting.length === 0) return;
      const fonts = made?.embed((object) => update.add(object)) ?? {};
      for (const { ref, operators, box } of waiting) {
        const used = operators.some((one) => one.includes(' Tf '));
        update.set(ref, fieldAppearance(operators, box, used ? fonts : {}));
      }
      waiting = [];
    },
  };
}
