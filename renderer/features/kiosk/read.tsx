/** Read: page by page. "I have read" comes when every page has been shown to its end, or read out. */
import { ArrowDownIcon, ArrowLeftIcon, ArrowRightIcon } from '@navikt/aksel-icons';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePdf } from '../../pdf/use-pdf.ts';
import { BigButton } from './big-button.tsx';
import { itemsOf } from './fills.ts';
import { Frame } from './frame.tsx';
import { PageReader } from './page-reader.tsx';
import type { Reader, ReadingPlace } from './page-reader.tsx';
import { ReadTools } from './read-tools.tsx';
import type { ScreenProps } from './sitting.tsx';
import { pageKey, useSitting } from './store.ts';
import './read.css';

interface Turn {
  readonly document: number;
  readonly page: number;
}

/** The page after this one across all documents; null after the last. */
function after(view: ScreenProps['view'], { document, page }: Turn): Turn | null {
  if (page + 1 < (view.documents[document]?.pageCount ?? 0)) return { document, page: page + 1 };
  return document + 1 < view.documents.length ? { document: document + 1, page: 0 } : null;
}

function before(view: ScreenProps['view'], { document, page }: Turn): Turn | null {
  if (page > 0) return { document, page: page - 1 };
  const earlier = view.documents[document - 1];
  return earlier === undefined
    ? null
    : { document: document - 1, page: Math.max(0, earlier.pageCount - 1) };
}

/** The first page that has not been seen, wherever it is. */
function firstUnseen(view: ScreenProps['view'], seen: ReadonlySet<string>): Turn | null {
  for (const [document, each] of view.documents.entries()) {
    for (let page = 0; page < each.pageCount; page += 1) {
      if (!seen.has(pageKey(each.document, page))) return { document, page };
    }
  }
  return null;
}

/** Adds up how long this page has been on screen; a hidden window does not count. */
function useTimeShown(key: string): void {
  const shown = useSitting((sitting) => sitting.shown);
  useEffect(() => {
    let since = performance.now();
    const note = () => {
      if (document.visibilityState === 'hidden') shown(key, performance.now() - since);
      since = performance.now();
    };
    document.addEventListener('visibilitychange', note);
    return () => {
      document.removeEventListener('visibilitychange', note);
      if (document.visibilityState !== 'hidden') shown(key, performance.now() - since);
    };
  }, [key, shown]);
}

export function ReadScreen({ view, onBusy }: ScreenProps) {
  const { t } = useTranslation('kiosk');
  const { document: at, page, seen, override, turnTo, go } = useSitting();
  const reader = useRef<Reader>(null);
  const [looked, setLooked] = useState<{ of: string; place: ReadingPlace } | null>(null);
  const shown = view.documents[at];
  const key = shown === undefined ? '' : pageKey(shown.document, page);
  const onPlace = useCallback(
    (place: ReadingPlace) => {
      setLooked({ of: key, place });
    },
    [key],
  );
  const pdf = usePdf(
    shown === undefined ? null : { document: shown.document, revision: shown.revision },
  );
  useTimeShown(key);
  if (shown === undefined) return null;

  // A page that has just been turned to is not at its end because the one before it was.
  const place = looked?.of === key ? looked.place : 'waiting';
  const atEnd = place === 'end';
  const turn = { document: at, page };
  const next = after(view, turn);
  const previous = before(view, turn);
  const unseen = firstUnseen(view, seen);
  const read = unseen === null || override !== null;
  const several = view.documents.length > 1;
  const then = itemsOf(view).length > 0 ? 'fill' : 'confirm';
  const move = (to: Turn | null) => {
    if (to !== null) turnTo(to.document, to.page);
  };
  function forward() {
    if (place === 'waiting') return;
    if (!atEnd) reader.current?.scrollOn();
    else if (next !== null) move(next);
    else if (read) go(then);
    else move(unseen);
  }
  const label = !atEnd
    ? t('read.more')
    : next !== null
      ? next.document === at
        ? t('read.next')
        : t('read.nextDocument')
      : read
        ? t('read.done')
        : t(several ? 'read.unseenIn' : 'read.unseen', {
            page: (unseen?.page ?? 0) + 1,
            number: (unseen?.document ?? 0) + 1,
          });
  const finished = read && next === null && atEnd;
  return (
    <Frame
      step="read"
      title={shown.title}
      over={
        several
          ? t('read.document', { number: at + 1, count: view.documents.length })
          : t('read.over')
      }
      trial={view.trial}
      where
      actions={
        <>
          <BigButton
            disabled={previous === null}
            onClick={() => {
              move(previous);
            }}
          >
            <ArrowLeftIcon aria-hidden="true" />
            {t('read.previous')}
          </BigButton>
          <div className="k-progress">
            <p aria-live="polite">{t('read.page', { page: page + 1, count: shown.pageCount })}</p>
            <progress
              max={shown.pageCount}
              value={page + 1}
              aria-label={t('read.page', { page: page + 1, count: shown.pageCount })}
            />
          </div>
          {read && !finished && (
            <BigButton
              onClick={() => {
                go(then);
              }}
            >
              {t('read.done')}
            </BigButton>
          )}
          <BigButton forward disabled={place === 'waiting'} onClick={forward}>
            {label}
            {!atEnd ? (
              <ArrowDownIcon aria-hidden="true" />
            ) : (
              !finished && <ArrowRightIcon aria-hidden="true" />
            )}
          </BigButton>
        </>
      }
    >
      <div className="k-read">
        <PageReader
          ref={reader}
          pdf={pdf}
          document={shown}
          page={page}
          onPlace={onPlace}
          onForward={forward}
          onBack={() => {
            move(previous);
          }}
        />
        <ReadTools pdf={pdf} document={shown} page={page} onBusy={onBusy} />
      </div>
    </Frame>
  );
}
