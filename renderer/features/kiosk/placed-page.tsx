/** A page with the place of the signature on it, as large as there is room. */
import { useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { displayedSize } from '../../../shared/document.ts';
import type { Placement } from '../../../shared/document.ts';
import type { SigningView } from '../../../shared/rpc/views.ts';
import { PdfPage } from '../../pdf/pdf-page.tsx';
import type { PageState } from '../../pdf/pdf-page.tsx';
import { usePdf } from '../../pdf/use-pdf.ts';
import { Fetching } from './fetching.tsx';
import { FieldsOnPage } from './field-preview.tsx';
import './fill.css';

export interface SigningPlace {
  readonly document: SigningView['documents'][number];
  readonly place: Placement;
}

/** Every place where this signer's mark will stand, in the documents' order. */
export function placesOf(view: SigningView): readonly SigningPlace[] {
  return view.documents.flatMap((document) =>
    document.places.map((place) => ({ document, place })),
  );
}

/** The place itself, on a page drawn `scale` CSS pixels to the point. */
export function PlaceOnPage({
  place,
  scale,
  children,
}: {
  place: Placement;
  scale: number;
  children?: ReactNode;
}) {
  return (
    <div
      className="k-place"
      style={{
        left: place.x * scale,
        top: place.y * scale,
        width: place.width * scale,
        height: place.height * scale,
      }}
    >
      {children}
    </div>
  );
}

/** `bare`: nothing stands at the place but what `children`, told the page's width, lay on the page. */
export function PlacedPage(
  props: { readonly at: SigningPlace } & (
    | { readonly bare?: false; readonly children?: ReactNode }
    | { readonly bare: true; readonly children: (width: number) => ReactNode }
  ),
) {
  const { at } = props;
  const { t } = useTranslation('kiosk');
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<{ width: number; height: number } | null>(null);
  const { document, place } = at;
  const [page, setPage] = useState<PageState>('waiting');
  const pdf = usePdf({ document: document.document, revision: document.revision });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setRoom({ width: element.clientWidth, height: element.clientHeight });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  const geometry = document.pages[place.page];
  const size = geometry === undefined ? { width: 595, height: 842 } : displayedSize(geometry);
  const width =
    room === null ? 0 : Math.floor(Math.min(room.width, (room.height * size.width) / size.height));
  const scale = width / size.width;
  return (
    <div ref={box} className="k-placed">
      <Fetching waiting={page === 'waiting' && pdf.state !== 'failed'} />
      {pdf.state === 'ready' && width > 40 && (
        <PdfPage
          pdf={pdf.pdf}
          index={place.page}
          width={width}
          ratio={size.height / size.width}
          onState={setPage}
          label={t('read.page', { page: place.page + 1, count: document.pageCount })}
        >
          {props.bare === true ? (
            props.children(width)
          ) : (
            <>
              <FieldsOnPage document={document} page={place.page} width={width} />
              <PlaceOnPage place={place} scale={scale}>
                {props.children}
              </PlaceOnPage>
            </>
          )}
        </PdfPage>
      )}
    </div>
  );
}
