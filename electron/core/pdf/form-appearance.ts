/** The appearances of form fields that are filled in: text, a written name, a check box. */
import { fieldArea, layFieldText, layInitials, layTick } from '../../../shared/mark/field.ts';
import { inkOf, placeInk } from '../../../shared/mark/ink.ts';
import type { Strokes } from '../../../shared/mark/ink.ts';

import { calRgb, colour, drawStrokes, drawTyped, matrixOf, number, precise } from './appearance.ts';
import type { AppearanceRequest } from './appearance.ts';
import { flateEncode } from './flate.ts';
import type { TextSetter } from './font.ts';
import { dict, latin1, name, stream } from './objects.ts';
import type { PdfObject, PdfRef, PdfStream } from './objects.ts';

export type FieldBox = Pick<AppearanceRequest, 'width' | 'height' | 'rotate'>;

/** What stands in a filled field. */
export type FieldFigure =
  | { readonly type: 'text'; readonly text: string }
  /** As by hand: initials. */
  | { readonly type: 'written'; readonly text: string }
  | { readonly type: 'strokes'; readonly strokes: Strokes };

const text = [0x1d, 0x24, 0x21] as const;
function setText(value: string, box: FieldBox, setter: TextSetter): string[] {
  return [
    colour(text, 'sc'),
    'BT',
    ...layFieldText(value, box, setter).flatMap(({ text: line, size, x, y }) => [
      `1 0 0 1 ${number(x)} ${number(y)} Tm`,
      ...setter.runs(line).map((run) => `/${run.font} ${number(size)} Tf <${run.codes}> Tj`),
    ]),
    'ET',
  ];
}

/** The operators that draw a figure; `setter` notes the glyphs it needs. Nothing for an empty one. */
export function figureOperators(
  figure: FieldFigure,
  box: FieldBox,
  setter: () => TextSetter,
): readonly string[] {
  const area = fieldArea(box);
  switch (figure.type) {
    case 'text':
      return figure.text.trim() === '' ? [] : setText(figure.text.trim(), box, setter());
    case 'written': {
      const written = figure.text.trim();
      if (written === '') return [];
      return drawTyped(written, layInitials(written, box, setter()), false, setter());
    }
    case 'strokes': {
      if (inkOf(figure.strokes) === null || placeInk(figure.strokes, area, false) === null)
        return [];
      return drawStrokes(figure.strokes, area, false);
    }
  }
}

/** A field's appearance stream; ISO 32000-2, 12.7.4.3 wants its text inside `/Tx BMC … EMC`. */
export function fieldAppearance(
  operators: readonly string[],
  box: FieldBox,
  fonts: Readonly<Record<string, PdfRef>>,
): PdfStream {
  return form(['/Tx BMC', 'q', ...operators, 'Q', 'EMC'], box, {
    ColorSpace: dict({ C: calRgb }),
    ...(Object.keys(fonts).length === 0 ? {} : { Font: dict(fonts) }),
  });
}

function form(
  operators: readonly string[],
  box: FieldBox,
  resources: Readonly<Record<string, PdfObject>>,
): PdfStream {
  return stream(
    dict({
      Type: name('XObject'),
      Subtype: name('Form'),
      BBox: [0, 0, precise(box.width), precise(box.height)],
      Matrix: matrixOf(box),
      Resources: dict(resources),
      Filter: name('FlateDecode'),
    }),
    flateEncode(latin1(operators.join('\n'))),
  );
}

/** A check box, with a tick in it where `on`. */
export function tickAppearance(on: boolean, box: FieldBox): PdfStream {
  const { frame, frameWidth, tick, pen } = layTick(box);
  const corner = `${number(frame.x)} ${number(frame.y)}`;
  const side = number(frame.side);
  const path = tick.map(([x, y], turn) => `${number(x)} ${number(y)} ${turn === 0 ? 'm' : 'l'}`);
  const operators = [
    `${colour(text, 'SC')} ${number(frameWidth)} w ${corner} ${side} ${side} re S`,
    ...(on ? [`${number(pen)} w 1 J 1 j ${path.join(' ')} S`] : []),
  ];
  return form(['q', ...operators, 'Q'], box, { ColorSpace: dict({ C: calRgb }) });
}
