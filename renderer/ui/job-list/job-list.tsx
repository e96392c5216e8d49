import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { JobRow } from './job-row.tsx';
import { isLetter, rowAfter, typedTo } from './list-keys.ts';
import type { JobRows } from './use-job-rows.ts';
import './job-list.css';

/** `min-height` of a row in job-list.css. */
const rowRems = 5.25;
/** Letters typed within this belong together. */
const typingPause = 700;

/**
 * Only the rows in sight are drawn: a hundred thousand jobs scroll like ten. One stop for Tab: arrows,
 * Page Up and Down, Home and End move, letters go to the next title that begins so.
 */
export function JobList({
  rows,
  chosen,
  label,
  onChoose,
}: {
  rows: Pick<JobRows, 'at' | 'look'> & { readonly count: number };
  chosen: string | null;
  label: string;
  onChoose: (job: string) => void;
}) {
  const { t } = useTranslation('jobs');
  const { count, at, look } = rows;
  const frame = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [rem] = useState(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowRems * rem,
    overscan: 8,
    getItemKey: (index) => index,
    // The row that has the focus stays, however far it is scrolled away.
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const shown = defaultRangeExtractor(range);
        return shown.includes(active) || active >= count ? shown : [...shown, active];
      },
      [active, count],
    ),
  });
  const items = virtual.getVirtualItems();
  const inSight = items.filter((item) => item.index !== active || items.length === 1);
  const first = inSight[0]?.index ?? 0;
  const last = inSight.at(-1)?.index ?? 0;
  useEffect(() => {
    look(first, last);
  }, [first, last, look, count]);

  // The row with the focus may be too far away to be kept.
  const here = Math.min(active, count - 1);
  const stop = at(here) === undefined ? first : here;

  function goTo(next: number) {
    setActive(next);
    virtual.scrollToIndex(next, { align: 'auto' });
    const focusRow = () => {
      const row = frame.current?.querySelector<HTMLElement>(
        `li[data-index="${String(next)}"] button`,
      );
      row?.focus({ preventScroll: true });
      return row !== null && row !== undefined;
    };
    // A row far out of sight is drawn first.
    if (!focusRow()) requestAnimationFrame(() => requestAnimationFrame(focusRow));
  }

  const typed = useRef({ text: '', at: 0 });
  function onKey(event: KeyboardEvent) {
    const here = (event.target as HTMLElement).closest('li');
    if (here === null) return;
    const from = Number(here.dataset['index']);
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / (rowRems * rem)));
    const next = rowAfter(event.key, from, count, page);
    if (next !== null) {
      event.preventDefault();
      if (next !== from) goTo(next);
      return;
    }
    if (!isLetter(event)) return;
    const goesOn = event.timeStamp - typed.current.at < typingPause;
    const text = goesOn ? typed.current.text + event.key : event.key;
    typed.current = { text, at: event.timeStamp };
    const found = typedTo(text, from, count, (index) => at(index)?.title);
    if (found !== null) {
      event.preventDefault();
      goTo(found);
    }
  }

  return (
    <div className="jobs-scroll" ref={frame} onKeyDown={onKey}>
      <ul className="plain jobs-rows" aria-label={label} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = at(item.index);
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={count}
              aria-posinset={item.index + 1}
              aria-busy={row === undefined || undefined}
              style={{ transform: `translateY(${String(item.start)}px)` }}
            >
              {row === undefined ? (
                <div className="jobs-row jobs-row-coming" />
              ) : (
                <JobRow
                  row={row}
                  chosen={row.id === chosen}
                  stop={item.index === stop}
                  onChoose={() => {
                    setActive(item.index);
                    onChoose(row.id);
                  }}
                />
              )}
            </li>
          );
        })}
      </ul>
      <p className="ds-sr-only" role="status">
        {t('list.count', { count })}
      </p>
    </div>
  );
}
