/** Where the name is drawn: finger, pen or mouse, one stroke from down to up, taken back one by one. */
import { memo, useLayoutEffect, useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PadInk } from './ink.ts';
import { dynamicsOf, isApart, pathOf } from './strokes.ts';
import type { Point, Stroke } from './strokes.ts';

/** The pad's height in the drawing's own units. */
const tall = 1000;

const StrokePath = memo(function StrokePath({
  stroke,
  aspect,
}: {
  stroke: Stroke;
  aspect: number;
}) {
  return (
    <path d={pathOf(stroke, (point) => ({ x: point.x * aspect * tall, y: point.y * tall }))} />
  );
});

/** `dynamics`: whether the office keeps how fast and how hard it is drawn. */
export function InkPad({
  disabled,
  dynamics,
  ink,
}: {
  disabled: boolean;
  dynamics: boolean;
  ink: PadInk;
}) {
  const { t } = useTranslation('kiosk');
  const { strokes, aspect, startStroke, addPoints, setAspect } = ink;
  const pad = useRef<HTMLDivElement>(null);
  const drawing = useRef<{ pointer: number; last: Point; began: number | null } | null>(null);
  const [own, setOwn] = useState(aspect);
  useLayoutEffect(() => {
    const box = pad.current;
    if (box === null) return;
    const observer = new ResizeObserver(() => {
      setOwn(box.clientWidth / Math.max(1, box.clientHeight));
    });
    observer.observe(box);
    return () => {
      observer.disconnect();
    };
  }, []);
  // An empty pad is as wide as it looks; one with ink keeps its shape if the screen is turned.
  const shape = strokes.length === 0 ? own : aspect;

  function at(event: { clientX: number; clientY: number }): Point | null {
    const box = pad.current?.getBoundingClientRect();
    if (box === undefined) return null;
    const scale = Math.min(box.width / shape, box.height);
    const left = box.left + (box.width - shape * scale) / 2;
    const top = box.top + (box.height - scale) / 2;
    return {
      x: Math.min(1.1, Math.max(-0.1, (event.clientX - left) / (shape * scale))),
      y: Math.min(1.1, Math.max(-0.1, (event.clientY - top) / scale)),
    };
  }
  function down(event: PointerEvent) {
    if (disabled || drawing.current !== null || event.button !== 0) return;
    const point = at(event);
    if (point === null || strokes.length >= 200) return;
    event.preventDefault();
    pad.current?.setPointerCapture(event.pointerId);
    if (strokes.length === 0) setAspect(own);
    const began = dynamics ? event.nativeEvent.timeStamp : null;
    drawing.current = { pointer: event.pointerId, last: point, began };
    startStroke({ ...point, ...dynamicsOf(event.nativeEvent, began) });
  }
  function move(event: PointerEvent) {
    const now = drawing.current;
    if (now === null || now.pointer !== event.pointerId) return;
    const points: Point[] = [];
    // A fast hand sends several places between two frames.
    const native = event.nativeEvent;
    const all = native.getCoalescedEvents();
    for (const each of all.length > 0 ? all : [native]) {
      const point = at(each);
      if (point === null || !isApart(now.last, point, shape)) continue;
      now.last = point;
      points.push({ ...point, ...dynamicsOf(each, now.began) });
    }
    if (points.length > 0) addPoints(points);
  }
  function up(event: PointerEvent) {
    if (drawing.current?.pointer === event.pointerId) drawing.current = null;
  }
  return (
    <div
      ref={pad}
      className="k-pad"
      role="img"
      aria-label={
        strokes.length === 0 ? t('sign.padEmpty') : t('sign.padInk', { count: strokes.length })
      }
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
    >
      <svg viewBox={`0 0 ${String(shape * tall)} ${String(tall)}`} aria-hidden="true">
        <line className="k-pad-line" x1={shape * 90} x2={shape * 910} y1={780} y2={780} />
        <g className="k-ink">
          {strokes.map((stroke, index) => (
            <StrokePath key={index} stroke={stroke} aspect={shape} />
          ))}
        </g>
      </svg>
    </div>
  );
}
