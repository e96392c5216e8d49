/** A page as it is displayed: turned and cropped as `displayedSize` says, sharp, with its text on top. */
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { PageWait } from './page-wait.tsx';
import { drawPage } from './draw-page.ts';
import type { PageColors } from './draw-page.ts';
import { pageStarted } from './render-queue.ts';
import { layText } from './text-layer.ts';
import './pdf-page.css';

export type PageState = 'waiting' | 'shown' | 'failed';

interface Props {
  /** Null: it is not open yet. */
  readonly pdf: PDFDocumentProxy | null;
  /** 0-based. */
  readonly index: number;
  /** CSS pixels. */
  readonly width: number;
  /** Read by screen readers: "Side 2 av 4". */
  readonly label: string;
  /** Height over width before the page is known; A4 otherwise. */
  readonly ratio?: number;
  readonly colors?: PageColors;
  /** Draw only when near the visible part of the window. */
  readonly lazy?: boolean;
  /** Says that it is on its way, where that takes a moment. */
  readonly wait?: boolean;
  readonly onState?: (state: PageState) => void;
  /** What stands on the page: fields, marks. Laid over it, sized like it. */
  readonly children?: ReactNode;
}

/** Asks for the page once per document and index. */
function usePage(pdf: PDFDocumentProxy | null, index: number, wanted: boolean) {
  const [got, setGot] = useState<{ of: string; page: PDFPageProxy | null } | null>(null);
  const of = `${pdf?.fingerprints[0] ?? ''} ${pdf?.loadingTask.docId ?? ''} ${String(index)}`;
  useEffect(() => {
    if (!wanted || pdf === null) return;
    let gone = false;
    pdf.getPage(index + 1).then(
      (page) => {
        if (!gone) setGot({ of, page });
      },
      () => {
        if (!gone) setGot({ of, page: null });
      },
    );
    return () => {
      gone = true;
    };
  }, [pdf, index, wanted, of]);
  return got?.of === of ? got : null;
}

/** True once the element has come near the window's visible part. */
export function useNear(element: { readonly current: HTMLElement | null }, lazy: boolean): boolean {
  const [near, setNear] = useState(!lazy);
  useEffect(() => {
    const node = element.current;
    if (near || node === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true);
      },
      { rootMargin: '400px' },
    );
    observer.observe(node);
    return () => {
      observer.disconnect();
    };
  }, [element, near]);
  return near;
}

export function PdfPage(props: Props) {
  const { pdf, index, width, label, colors, lazy = false, wait = false, onState, children } = props;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const near = useNear(frame, lazy);
  const got = usePage(pdf, index, near);
  const page = got?.page ?? null;
  /** The page that stands on the canvas. */
  const [drawn, setDrawn] = useState<PDFPageProxy | null>(null);
  const tell = useRef(onState);
  useEffect(() => {
    tell.current = onState;
  });
  const background = colors?.background;
  const foreground = colors?.foreground;
  const broken = got !== null && got.page === null;
  useEffect(() => {
    tell.current?.(broken ? 'failed' : 'waiting');
  }, [broken, pdf, index]);

  useEffect(() => {
    const target = canvas.current;
    if (page === null || target === null) return;
    const ended = pageStarted();
    const drawing = drawPage(
      page,
      target,
      width,
      background === undefined || foreground === undefined ? undefined : { background, foreground },
    );
    drawing.done
      .then(
        (stands) => {
          if (!stands) return;
          setDrawn(page);
          tell.current?.('shown');
        },
        () => {
          // What cannot be drawn is not on its way either.
          setDrawn(page);
          tell.current?.('failed');
        },
      )
      .finally(ended);
    return () => {
      drawing.cancel();
      ended();
    };
  }, [page, width, background, foreground]);

  useEffect(() => {
    const target = text.current;
    if (page === null || target === null) return;
    return layText(page, target, width);
  }, [page, width]);

  const view = page?.getViewport({ scale: 1 });
  const ratio = view === undefined ? (props.ratio ?? Math.SQRT2) : view.height / view.width;
  return (
    <div
      ref={frame}
      className="pdf-page"
      role="group"
      aria-label={label}
      data-broken={broken || undefined}
      style={{ width, height: width * ratio }}
    >
      <canvas ref={canvas} className="pdf-page-canvas" aria-hidden="true" />
      <div ref={text} className="pdf-page-text" data-contrast={background !== undefined} />
      {children}
      {wait && <PageWait waiting={near && !broken && (page === null || drawn !== page)} />}
    </div>
  );
}
