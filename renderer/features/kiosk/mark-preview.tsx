/** The mark as it will stand in its box: laid out by the very rules that draw it into the document. */
import { useMemo } from 'react';
import type { Placement } from '../../../shared/document.ts';
import { inkAspect, placeInk, rise } from '../../../shared/mark/ink.ts';
import { layOut } from '../../../shared/mark/layout.ts';
import type { Area } from '../../../shared/mark/layout.ts';
import { fitName, paragraphsOf } from '../../../shared/mark/text.ts';
import type { TextMeasure } from '../../../shared/mark/text.ts';
import type { MarkPicture } from './mark-picture.ts';
import { pathOf } from './strokes.ts';
import type { Stroke } from './strokes.ts';

export type PreviewedMark =
  | { readonly type: 'drawn'; readonly strokes: readonly Stroke[]; readonly aspect: number }
  | { readonly type: 'typed'; readonly text: string }
  | { readonly type: 'image'; readonly picture: MarkPicture | null }
  | { readonly type: 'plain' };

/** Inter's own measures; widths are asked of the canvas, which sets it as the document will. */
const inter = { capHeight: 0.727, descent: -0.241 };
let measured: TextMeasure | null = null;

export function measure(): TextMeasure {
  if (measured !== null) return measured;
  const context = document.createElement('canvas').getContext('2d');
  if (context !== null) context.font = "100px 'Inter Variable'";
  measured = {
    ...inter,
    width: (text) => (context?.measureText(text).width ?? text.length * 55) / 100,
  };
  return measured;
}

/** A name or initials as by hand. */
export function Typed({
  text,
  area,
  seated,
  height,
}: {
  text: string;
  area: Area;
  seated: boolean;
  height: number;
}) {
  const { size, lines } = fitName(text, area, 30, measure());
  const block = size * (1.02 + (lines.length - 1) * 1.15);
  const first = area.y + Math.min(area.height, block + rise(area, block, seated)) - size * 0.79;
  return lines.map((line, index) => (
    <text
      key={line}
      className="k-mark-name"
      fontSize={size}
      transform={`matrix(1 0 -0.19 1 ${String(area.x)} ${String(height - first + index * size * 1.15)})`}
    >
      {line}
    </text>
  ));
}

/** Standing on the lower left corner of its area, as the core fits it. */
function Pictured({
  picture,
  area,
  seated,
  height,
}: {
  picture: MarkPicture;
  area: Area;
  seated: boolean;
  height: number;
}) {
  const width = Math.min(area.width, area.height * picture.aspect);
  const tall = width / picture.aspect;
  const y = height - area.y - rise(area, tall, seated) - tall;
  return <image href={picture.url} x={area.x} y={y} width={width} height={tall} />;
}

export function MarkPreview({
  place,
  mark,
  lines,
}: {
  place: Pick<Placement, 'width' | 'height'>;
  mark: PreviewedMark;
  lines: readonly string[];
}) {
  const { width, height } = place;
  const strokes = useMemo(
    () =>
      mark.type === 'drawn' && mark.strokes.length > 0
        ? { aspect: mark.aspect, paths: mark.strokes }
        : null,
    [mark],
  );
  const typed = mark.type === 'typed' ? mark.text.trim() : '';
  const picture = mark.type === 'image' ? mark.picture : null;
  const layout = useMemo(() => {
    const aspect =
      picture !== null
        ? picture.aspect
        : strokes !== null
          ? inkAspect(strokes)
          : typed === ''
            ? null
            : measure().width(typed) + 0.16;
    return layOut(width, height, aspect, paragraphsOf(lines), measure);
  }, [width, height, strokes, typed, picture, lines]);
  const placed =
    strokes !== null && layout.mark !== null ? placeInk(strokes, layout.mark, layout.seated) : null;
  return (
    <svg
      className="k-mark"
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      aria-hidden="true"
      focusable="false"
    >
      {layout.rule !== null && (
        <line
          className="k-mark-rule"
          x1={layout.rule.x0}
          x2={layout.rule.x1}
          y1={height - layout.rule.y0}
          y2={height - layout.rule.y1}
          strokeWidth={layout.ruleWidth}
        />
      )}
      {placed !== null && strokes !== null && (
        <g className="k-mark-ink" strokeWidth={placed.pen}>
          {strokes.paths.map((stroke, index) => (
            <path
              key={index}
              d={pathOf(stroke, (point) => {
                const { x, y } = placed.place(point.x * strokes.aspect, point.y);
                return { x, y: height - y };
              })}
            />
          ))}
        </g>
      )}
      {strokes === null && typed !== '' && layout.mark !== null && (
        <Typed text={typed} area={layout.mark} seated={layout.seated} height={height} />
      )}
      {picture !== null && layout.mark !== null && (
        <Pictured picture={picture} area={layout.mark} seated={layout.seated} height={height} />
      )}
      {layout.text?.block.lines.map((line, index) => (
        <text
          key={`${String(index)}${line.text}`}
          className={line.heading ? 'k-mark-heading' : 'k-mark-body'}
          fontSize={line.size}
          x={layout.text?.x}
          y={height - (layout.text?.top ?? 0) + line.baseline}
        >
          {line.text}
        </text>
      ))}
    </svg>
  );
}
