/** The page's words, unseen and in their places: what a screen reader reads and a mouse selects. */
import { TextLayer } from 'pdfjs-dist';
import type { PDFPageProxy } from 'pdfjs-dist';
import { scaleFor } from './draw-page.ts';

/** Fills `container`; the returned function empties it. */
export function layText(page: PDFPageProxy, container: HTMLElement, width: number): () => void {
  const viewport = page.getViewport({ scale: scaleFor(page, width) });
  container.replaceChildren();
  container.style.setProperty('--total-scale-factor', String(viewport.scale * page.userUnit));
  const layer = new TextLayer({
    textContentSource: page.streamTextContent({ includeMarkedContent: false }),
    container,
    viewport,
  });
  // A page whose text cannot be read is still shown; the canvas says what stands there.
  layer.render().catch(() => undefined);
  return () => {
    layer.cancel();
    container.replaceChildren();
  };
}
