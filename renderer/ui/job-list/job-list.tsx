import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobRowView } from '../../../shared/rpc/views.ts';
import { JobRow } from './job-row.tsx';
import './job-list.css';

/** Only the rows in sight are drawn: a hundred thousand jobs scroll like ten. */
export function JobList({
  rows,
  chosen,
  label,
  onChoose,
  onEnd,
}: {
  rows: readonly JobRowView[];
  chosen: string | null;
  label: string;
  onChoose: (job: string) => void;
  /** The last rows came into sight: there may be more. */
  onEnd: () => void;
}) {
  const { t } = useTranslation('jobs');
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => 84,
    overscan: 8,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 12) onEnd();
  }, [last, rows.length, onEnd]);

  function move(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const here = (event.target as HTMLElement).closest('li');
    if (here === null) return;
    const next = Number(here.dataset['index']) + step;
    if (next < 0 || next >= rows.length) return;
    event.preventDefault();
    const focusRow = () => {
      const row = frame.current?.querySelector<HTMLElement>(
        `li[data-index="${String(next)}"] button`,
      );
      row?.focus();
      return row !== null && row !== undefined;
    };
    virtual.scrollToIndex(next, { align: 'auto' });
    // A row far out of sight is drawn first.
    if (!focusRow()) requestAnimationFrame(focusRow);
  }

  return (
    <div className="jobs-scroll" ref={frame} onKeyDown={move}>
      <ul className="plain jobs-rows" aria-label={label} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              style={{ transform: `translateY(${String(item.start)}px)` }}
            >
              <JobRow
                row={row}
                chosen={row.id === chosen}
                onChoose={() => {
                  onChoose(row.id);
                }}
              />
            </li>
          );
        })}
      </ul>
      <p className="ds-sr-only" role="status">
        {t('list.count', { count: rows.length })}
      </p>
    </div>
  );
}
