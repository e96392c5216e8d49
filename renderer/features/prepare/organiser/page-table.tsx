/** All pages of all documents, in rows; only those in sight are drawn, so that a thousand are as ten. */
import { Button } from '@digdir/designsystemet-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useEffect, useMemo, useRef, useState } from 'react';
import type { DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { orderedDocuments, usePrepare } from '../store.ts';
import { joined, moved, type Pile, type Spot } from './arrangement.ts';
import { useOrganiser } from './organiser-store.ts';
import { PageTile } from './page-tile.tsx';
import { pressOnTable } from './table-keys.ts';
import { headHeight, rowOf, rowsOf, tileSize, type Row } from './table-rows.ts';

const dragType = 'application/x-skranke-pages';

function PileHead({
  pile,
  index,
  before,
}: {
  pile: Pile;
  index: number;
  before: Pile | undefined;
}) {
  const { t } = useTranslation('pages');
  const change = useOrganiser((state) => state.change);
  const mayJoin = before !== undefined && !before.locked && !pile.locked;
  return (
    <div className="table-head">
      <div className="table-head-words">
        <h2 dir="auto">
          {index + 1}. {pile.title}
        </h2>
        <p className="small muted">
          {t('prepare:pages', { count: pile.pages.length })}
          {pile.locked && ` · ${t('pile.locked')}`}
        </p>
      </div>
      {mayJoin && (
        <Button
          variant="tertiary"
          onClick={() => {
            change((table) => joined(table, pile.key));
          }}
        >
          {t('pile.join', { title: before.title })}
        </Button>
      )}
    </div>
  );
}

/** Where the pages would land: before this tile, or after it when the pointer is on its right half. */
function spotUnder(event: DragEvent): Spot | null {
  const tile = (event.target as HTMLElement).closest<HTMLElement>('[data-pile]');
  if (tile === null) return null;
  const box = tile.getBoundingClientRect();
  const after = event.clientX > box.left + box.width / 2 ? 1 : 0;
  return { pile: tile.dataset['pile'] ?? '', at: Number(tile.dataset['at']) + after };
}

export function PageTable() {
  const { t } = useTranslation('pages');
  const frame = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(6);
  const [spot, setSpot] = useState<Spot | null>(null);
  const now = useOrganiser((state) => state.now);
  const focus = useOrganiser((state) => state.focus);
  const draft = usePrepare((state) => state.draft);
  const documents = usePrepare((state) => state.documents);
  const byId = useMemo(
    () => new Map(orderedDocuments(draft, documents).map((each) => [each.id, each])),
    [draft, documents],
  );
  const rows = useMemo(() => rowsOf(now, columns), [now, columns]);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setColumns(Math.max(1, Math.floor((element.clientWidth - 32) / tileSize.width)));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => (rows[index]?.type === 'head' ? headHeight : tileSize.height),
    overscan: 2,
  });
  useEffect(() => {
    virtual.measure();
  }, [rows, virtual]);
  // Whatever moved: the keyboard stays on its page.
  useEffect(() => {
    if (focus === null || frame.current?.contains(document.activeElement) !== true) return;
    const find = () =>
      frame.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(focus)}"]`) ?? null;
    virtual.scrollToIndex(rowOf(rows, focus), { align: 'auto' });
    const tile = find();
    if (tile !== null) tile.focus();
    else requestAnimationFrame(() => find()?.focus());
  }, [focus, rows, virtual]);

  const begin = (event: DragEvent, key: string) => {
    const { chosen, choose } = useOrganiser.getState();
    if (!chosen.has(key)) choose([key]);
    event.dataTransfer.setData(dragType, key);
    event.dataTransfer.effectAllowed = 'move';
  };
  const carriesPages = (event: DragEvent) => event.dataTransfer.types.includes(dragType);
  const one = (row: Row) =>
    row.type === 'head' ? (
      <PileHead pile={row.pile} index={row.index} before={now[row.index - 1]} />
    ) : (
      <div className="table-row">
        {row.pages.map((page, index) => {
          const of = byId.get(page.document);
          const at = row.from + index;
          const here = spot?.pile === row.pile.key ? spot.at : null;
          return of === undefined ? null : (
            <div
              key={page.key}
              className="table-cell"
              data-drop={here === at ? 'before' : here === at + 1 ? 'after' : undefined}
            >
              <PageTile
                page={page}
                document={of}
                number={at + 1}
                count={row.pile.pages.length}
                pile={row.pile.key}
                title={row.pile.title}
                locked={row.pile.locked}
                onDragStart={begin}
              />
            </div>
          );
        })}
      </div>
    );
  return (
    <div
      ref={frame}
      className="table-scroll"
      role="group"
      aria-label={t('table.label')}
      onKeyDown={(event) => {
        pressOnTable(event, rows, columns);
      }}
      onDragOver={(event) => {
        if (!carriesPages(event)) return;
        const under = spotUnder(event);
        if (under === null) return;
        event.preventDefault();
        if (under.pile !== spot?.pile || under.at !== spot.at) setSpot(under);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setSpot(null);
      }}
      onDragEnd={() => {
        setSpot(null);
      }}
      onDrop={(event) => {
        const under = carriesPages(event) ? spotUnder(event) : null;
        setSpot(null);
        if (under === null) return;
        event.preventDefault();
        const { chosen, change } = useOrganiser.getState();
        change((table) => moved(table, chosen, under));
      }}
    >
      <div className="table-whole" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <div
              key={item.key}
              className="table-line"
              style={{ height: item.size, transform: `translateY(${String(item.start)}px)` }}
            >
              {one(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
