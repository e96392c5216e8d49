/** The page being read, as it is or as text, in a place that scrolls; tells when its end has been seen. */
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { KeyboardEvent, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { SigningView } from '../../../shared/rpc/views.ts';
import { displayedSize } from '../../../shared/document.ts';
import { PdfPage } from '../../pdf/pdf-page.tsx';
import type { PageState } from '../../pdf/pdf-page.tsx';
import type { Pdf } from '../../pdf/use-pdf.ts';
import { Fetching } from './fetching.tsx';
import { FieldsOnPage } from './field-preview.tsx';
import { KioskFailure } from './failure.tsx';
import type { Block } from '../../pdf/tagged-text.ts';
import { usePageText } from './page-words.ts';
import { PlaceOnPage } from './placed-page.tsx';
import { pageKey, useSitting } from './store.ts';

export interface Reader {
  /** Moves down by most of what is in view. */
  readonly scrollOn: () => void;
}

/** Of the page on screen: not drawn yet, more of it below, or its end in view. */
export type ReadingPlace = 'waiting' | 'more' | 'end';

interface Props {
  readonly ref: Ref<Reader>;
  readonly pdf: Pdf;
  readonly document: SigningView['documents'][number];
  readonly page: number;
  readonly onPlace: (place: ReadingPlace) => void;
  readonly onForward: () => void;
  readonly onBack: () => void;
}

/** A page of ordinary print is comfortable at this width; wider only when asked for. */
const comfortable = 1180;
const slack = 12;
const contrastColors = { background: '#000000', foreground: '#ffffff' };

/** A heading of the document stands under the screen's own. */
function TextBlock({ block, language }: { block: Block; language: string | null }) {
  const { t } = useTranslation('kiosk');
  const { text, level, picture } = block;
  const Tag = (['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'h6'] as const)[level] ?? 'p';
  return (
    <Tag lang={language ?? undefined} dir="auto">
      {picture ? t('accessibility:kiosk.picture', { text }) : text}
    </Tag>
  );
}

export function PageReader({ ref, pdf, document, page, onPlace, onForward, onBack }: Props) {
  const { t } = useTranslation('kiosk');
  const { zoom, contrast, asText, see } = useSitting();
  const scroller = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState({ width: 0, height: 0 });
  // Of one page: what the page before it came to says nothing of this one.
  const [last, setLast] = useState<{ readonly of: string; readonly state: PageState } | null>(null);
  const words = usePageText(pdf, page, asText);
  const geometry = document.pages[page];
  const size = geometry === undefined ? null : displayedSize(geometry);
  const key = pageKey(document.document, page);
  const drawn = last?.of === key ? last.state : 'waiting';
  const ready = asText ? words !== null : drawn === 'shown';
  // What cannot be shown holds nobody up, and is not counted as seen.
  const broken = pdf.state === 'failed' || (!asText && drawn === 'failed');

  const look = useCallback(() => {
    const box = scroller.current;
    if (box === null) return;
    const end = box.scrollTop + box.clientHeight >= box.scrollHeight - slack;
    onPlace(broken ? 'end' : !ready ? 'waiting' : end ? 'end' : 'more');
    if (end && ready) see(key);
  }, [key, ready, broken, see, onPlace]);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const measure = () => {
      setRoom({ width: box.clientWidth, height: box.clientHeight });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => {
      observer.disconnect();
    };
  }, []);
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0, left: 0 });
  }, [key, asText]);
  useEffect(look, [look, room, zoom, words]);

  useImperativeHandle(ref, () => ({
    scrollOn: () => {
      const box = scroller.current;
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      box?.scrollBy({ top: box.clientHeight * 0.8, behavior: still ? 'instant' : 'smooth' });
    },
  }));

  function press(event: KeyboardEvent) {
    if (event.key === 'ArrowRight' || event.key === 'PageDown') {
      event.preventDefault();
      onForward();
    } else if (event.key === 'ArrowLeft' || event.key === 'PageUp') {
      event.preventDefault();
      onBack();
    }
  }

  // A whole page at once where that costs little of its size: nobody likes to scroll for a margin.
  const wide = Math.min(room.width - 2, comfortable);
  const whole = size === null ? 0 : ((room.height - 2) * size.width) / size.height;
  const width = Math.max(200, (whole < wide && whole > wide * 0.8 ? whole : wide) * zoom);
  const label = t('read.page', { page: page + 1, count: document.pageCount });
  return (
    <>
      <Fetching key={key} waiting={!ready && !broken} />
      <div
        ref={scroller}
        className="k-reader"
        data-contrast={contrast}
        role="region"
        aria-label={`${document.title}, ${label}`}
        tabIndex={0}
        onScroll={look}
        onKeyDown={press}
      >
        {pdf.state === 'failed' && <KioskFailure failure={{ code: pdf.code, message: pdf.code }} />}
        {drawn === 'failed' && !asText && (
          <KioskFailure
            failure={{ code: 'pdf.unreadable', message: 'A page could not be drawn' }}
          />
        )}
        {asText ? (
          <article
            className="k-text"
            data-zoom={zoom}
            style={{ fontSize: `${String(1.25 * zoom)}em` }}
          >
            {words?.blocks.map((block, index) => (
              <TextBlock key={`${key}-${String(index)}`} block={block} language={words.language} />
            ))}
            {words?.blocks.length === 0 && <p>{t('read.noText')}</p>}
          </article>
        ) : (
          pdf.state === 'ready' &&
          room.width > 0 && (
            <PdfPage
              pdf={pdf.pdf}
              index={page}
              width={width}
              label={label}
              {...(size === null ? {} : { ratio: size.height / size.width })}
              {...(contrast ? { colors: contrastColors } : {})}
              onState={(state) => {
                setLast({ of: key, state });
              }}
            >
              <FieldsOnPage document={document} page={page} width={width} />
              {size !== null &&
                document.places
                  .filter((place) => place.page === page)
                  .map((place) => (
                    <PlaceOnPage
                      key={`${String(place.x)} ${String(place.y)}`}
                      place={place}
                      scale={width / size.width}
                    >
                      <span className="k-here">{t('where.hereYou')}</span>
                    </PlaceOnPage>
                  ))}
            </PdfPage>
          )
        )}
      </div>
    </>
  );
}
