import { useCallback, useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { JobRow } from './job-row.tsx';
import { isLetter, rowAfter, typedTo } from './list-keys.ts';
import type { JobRows } from './use-job-rows.ts';
import { useRowsInSight } from './use-rows-in-sight.ts';
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
  const { first, last, top, measure, scrollTo } = useRowsInSight(frame, count, rowRems * rem);
  useEffect(() => {
    look(first, last);
  }, [first, last, look, count]);
  const inSight = Array.from({ length: last - first + 1 }, (_, step) => first + step);
  // The row that has the focus stays, however far it is scrolled away.
  const drawn =
    active >= count || (active >= first && active <= last) ? inSight : [...inSight, active];

  // The row with the focus may be too far away to be kept.
  const here = Math.min(active, count - 1);
  const stop = at(here) === undefined ? first : here;

  function goTo(next: number) {
    setActive(next);
    scrollTo(next);
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

  const choose = useCallback(
    (index: number, job: string) => {
      setActive(index);
      onChoose(job);
    },
    [onChoose],
  );

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
      <ul className="plain jobs-rows" aria-label={label} style={{ height: top(count) }}>
        {drawn.map((index) => {
          const row = at(index);
          return (
            <li
              key={index}
              ref={measure}
              data-index={index}
              aria-setsize={count}
              aria-posinset={index + 1}
              aria-busy={row === undefined || undefined}
              style={{ transform: `translateY(${String(top(index))}px)` }}
            >
              {row === undefined ? (
                <div className="jobs-row jobs-row-coming" />
              ) : (
                <JobRow
                  row={row}
                  index={index}
                  chosen={row.id === chosen}
                  stop={index === stop}
                  onChoose={choose}
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
