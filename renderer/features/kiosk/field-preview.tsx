/** What is filled in, as it will stand in its box: laid out by the very rules that draw it into the document. */
import type { ReactNode } from 'react';
import { displayedSize } from '../../../shared/document.ts';
import { fieldArea, layFieldText, layInitials, layTick } from '../../../shared/mark/field.ts';
import { placeInk } from '../../../shared/mark/ink.ts';
import type { SigningView } from '../../../shared/rpc/views.ts';
import type { SigningField } from '../../../shared/rpc/views-fields.ts';
import { useValueOf } from './answers.ts';
import { useFilling } from './filling.ts';
import { Typed, measure } from './mark-preview.tsx';
import { isEnoughInk, pathOf } from './strokes.ts';

export function FieldPreview({ field }: { field: SigningField }) {
  const value = useValueOf()(field).trim();
  const { way, strokes, aspect } = useFilling();
  const { width, height } = field.placement;
  return (
    <svg
      className="k-mark"
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      aria-hidden="true"
      focusable="false"
    >
      {drawn()}
    </svg>
  );

  function drawn(): ReactNode {
    switch (field.kind) {
      case 'check':
        return <Tick field={field} on={value !== ''} />;
      case 'initials': {
        if (way === 'drawn' && isEnoughInk(strokes, aspect)) return <Ink />;
        if (value === '') return null;
        const area = layInitials(value, field.placement, measure());
        return <Typed text={value} area={area} seated={false} height={height} />;
      }
      default:
        return value === ''
          ? null
          : layFieldText(value, field.placement, measure()).map(({ text, size, x, y }) => (
              <text key={y} className="k-mark-heading" fontSize={size} x={x} y={height - y}>
                {text}
              </text>
            ));
    }
  }

  function Ink() {
    const ink = { aspect, paths: strokes };
    const placed = placeInk(ink, fieldArea(field.placement), false);
    if (placed === null) return null;
    return (
      <g className="k-mark-ink" strokeWidth={placed.pen}>
        {strokes.map((stroke, index) => (
          <path
            key={index}
            d={pathOf(stroke, (point) => {
              const { x, y } = placed.place(point.x * aspect, point.y);
              return { x, y: height - y };
            })}
          />
        ))}
      </g>
    );
  }
}

function Tick({ field, on }: { field: SigningField; on: boolean }) {
  const { height } = field.placement;
  const { frame, frameWidth, tick, pen } = layTick(field.placement);
  return (
    <g className="k-mark-tick">
      <rect
        x={frame.x}
        y={height - frame.y - frame.side}
        width={frame.side}
        height={frame.side}
        strokeWidth={frameWidth}
      />
      {on && (
        <polyline
          points={tick.map(([x, y]) => `${String(x)},${String(height - y)}`).join(' ')}
          strokeWidth={pen}
        />
      )}
    </g>
  );
}

/** Every field of this signer's on one page, with what stands in it now. */
export function FieldsOnPage({
  document,
  page,
  width,
  chosen,
}: {
  document: SigningView['documents'][number];
  page: number;
  /** CSS pixels of the page. */
  width: number;
  /** The one that is asked about. */
  chosen?: readonly string[];
}) {
  const geometry = document.pages[page];
  if (geometry === undefined) return null;
  const scale = width / displayedSize(geometry).width;
  return document.fields
    .filter(({ placement }) => placement.page === page)
    .map((field) => (
      <div
        key={field.id}
        className="k-field-spot"
        data-chosen={chosen?.includes(field.id) ?? false}
        style={{
          left: field.placement.x * scale,
          top: field.placement.y * scale,
          width: field.placement.width * scale,
          height: field.placement.height * scale,
        }}
      >
        <FieldPreview field={field} />
      </div>
    ));
}
