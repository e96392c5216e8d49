/** One page onto one canvas, sharp on the screen it stands on. */
import { RenderingCancelledException } from 'pdfjs-dist';
import type { PDFPageProxy } from 'pdfjs-dist';
import { drawnAnnotations } from './pdf-library.ts';

/** Above this a canvas costs more memory than sharpness is worth: 5,800 x 4,100 pixels. */
const mostPixels = 24_000_000;

export interface PageColors {
  readonly background: string;
  readonly foreground: string;
}

export interface Drawing {
  /** True when the page stands on the canvas, false when it was taken back. Rejects on a broken page. */
  readonly done: Promise<boolean>;
  readonly cancel: () => void;
}

/** Scale that makes the displayed page `width` CSS pixels wide; pdf.js turns, crops and scales by UserUnit as `displayedSize` does. */
export function scaleFor(page: PDFPageProxy, width: number): number {
  return width / page.getViewport({ scale: 1 }).width;
}

/** Draws `page`, `width` CSS pixels wide, on a canvas of its own that replaces `canvas`' picture when it is complete. */
export function drawPage(
  page: PDFPageProxy,
  canvas: HTMLCanvasElement,
  width: number,
  colors?: PageColors,
): Drawing {
  const css = page.getViewport({ scale: scaleFor(page, width) });
  const wanted = window.devicePixelRatio || 1;
  const ratio = Math.min(wanted, Math.sqrt(mostPixels / Math.max(1, css.width * css.height)));
  const viewport = page.getViewport({ scale: css.scale * ratio });
  const hidden = document.createElement('canvas');
  hidden.width = Math.max(1, Math.round(viewport.width));
  hidden.height = Math.max(1, Math.round(viewport.height));
  const task = page.render({
    canvas: hidden,
    viewport,
    annotationMode: drawnAnnotations,
    ...(colors === undefined ? {} : { pageColors: colors }),
  });
  let ended = false;
  const done = task.promise.then(
    () => {
      ended = true;
      // Swapped in one go: no white flash while zooming.
      canvas.width = hidden.width;
      canvas.height = hidden.height;
      canvas.getContext('2d')?.drawImage(hidden, 0, 0);
      // Gives the memory back now rather than when it is collected.
      hidden.width = 0;
      return true;
    },
    (error: unknown) => {
      ended = true;
      if (error instanceof RenderingCancelledException) return false;
      throw error;
    },
  );
  return {
    done,
    cancel: () => {
      if (!ended) task.cancel();
    },
  };
}
