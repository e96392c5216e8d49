/** A new field drawn on the empty page: from where the pointer went down to where it is. */
import { useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import type { Placement } from '../../../shared/document.ts';

type Rect = Omit<Placement, 'page'>;

/** Smaller than this, in CSS pixels, is a press and not a drawing. */
const least = 8;

export function useDrawing(scale: number, onDrawn: (box: Rect) => void) {
  const from = useRef<{ readonly pointer: number; readonly x: number; readonly y: number } | null>(
    null,
  );
  const [box, setBox] = useState<Rect | null>(null);
  const end = () => {
    from.current = null;
    setBox(null);
  };
  return {
    box,
    down(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      const layer = event.currentTarget.getBoundingClientRect();
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = {
        pointer: event.pointerId,
        x: event.clientX - layer.left,
        y: event.clientY - layer.top,
      };
    },
    move(event: PointerEvent<HTMLElement>) {
      const start = from.current;
      if (start === null || start.pointer !== event.pointerId) return;
      const layer = event.currentTarget.getBoundingClientRect();
      const x = Math.min(Math.max(0, event.clientX - layer.left), layer.width);
      const y = Math.min(Math.max(0, event.clientY - layer.top), layer.height);
      const width = Math.abs(x - start.x);
      const height = Math.abs(y - start.y);
      setBox(
        width < least || height < least
          ? null
          : {
              x: Math.min(x, start.x) / scale,
              y: Math.min(y, start.y) / scale,
              width: width / scale,
              height: height / scale,
            },
      );
    },
    up(event: PointerEvent<HTMLElement>) {
      if (from.current?.pointer !== event.pointerId) return;
      if (box !== null && event.type === 'pointerup') onDrawn(box);
      end();
    },
  };
}
