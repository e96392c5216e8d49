/** A small picture of a page; drawn when it comes into view and nothing more important waits. */
import { useEffect, useRef, useState } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { drawPage } from './draw-page.ts';
import { useNear } from './pdf-page.tsx';
import { enqueueThumbnail } from './render-queue.ts';
import './pdf-page.css';

interface Props {
  readonly pdf: PDFDocumentProxy | null;
  /** 0-based. */
  readonly index: number;
  /** CSS pixels. */
  readonly width: number;
  /** Height over width where it is known; A4 otherwise. */
  readonly ratio?: number;
}

/** Decorative: whoever uses it gives the surrounding button or link its name. */
export function Thumbnail({ pdf, index, width, ratio = Math.SQRT2 }: Props) {
  const frame = useRef<HTMLSpanElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const near = useNear(frame, true);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const target = canvas.current;
    if (!near || pdf === null || target === null) return;
    let cancel: (() => void) | null = null;
    const takeBack = enqueueThumbnail(async () => {
      const page = await pdf.getPage(index + 1);
      const drawing = drawPage(page, target, width);
      cancel = drawing.cancel;
      if (await drawing.done) setDrawn(true);
    });
    return () => {
      takeBack();
      cancel?.();
    };
  }, [near, pdf, index, width]);
  return (
    <span
      ref={frame}
      className="pdf-thumbnail"
      data-drawn={drawn}
      aria-hidden="true"
      style={{ width, height: width * ratio }}
    >
      <canvas ref={canvas} className="pdf-page-canvas" />
    </span>
  );
}
