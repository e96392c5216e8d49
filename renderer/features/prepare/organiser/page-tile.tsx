/** One page on the table: chosen by click or key, dragged by hand. */
import { memo } from 'react';
import type { DragEvent, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDocument } from '../../../../shared/job/job.ts';
import { Thumbnail } from '../../../pdf/thumbnail.tsx';
import { usePdf } from '../../../pdf/use-pdf.ts';
import { pageSize } from '../geometry.ts';
import type { TablePage } from './arrangement.ts';
import { useOrganiser } from './organiser-store.ts';

/** The room a page has, in CSS pixels, whichever way it lies. */
const room = { width: 116, height: 152 };

interface Props {
  readonly page: TablePage;
  readonly document: JobDocument;
  /** Of the pile, from 1. */
  readonly number: number;
  readonly count: number;
  readonly pile: string;
  readonly title: string;
  readonly locked: boolean;
  readonly onDragStart: (event: DragEvent, key: string) => void;
}

export const PageTile = memo(function PageTile(props: Props) {
  const { page, document, number, count, pile, title, locked, onDragStart } = props;
  const { t } = useTranslation('pages');
  const chosen = useOrganiser((state) => state.chosen.has(page.key));
  const focused = useOrganiser((state) => state.focus === page.key);
  const pdf = usePdf({ document: document.id, revision: 0 });
  const size = pageSize(document, page.page);
  const sideways = page.turn === 90 || page.turn === 270;
  const scale = sideways
    ? Math.min(room.width / size.height, room.height / size.width)
    : Math.min(room.width / size.width, room.height / size.height);
  const width = Math.max(8, Math.floor(size.width * scale));
  const label = t('tile.label', { number, count, title });
  const turned = page.turn === 0 ? '' : `. ${t('tile.turned', { degrees: page.turn })}`;
  const press = (event: MouseEvent) => {
    const { toggle, choosePastAnchor } = useOrganiser.getState();
    if (locked) return;
    if (event.shiftKey) choosePastAnchor(page.key);
    else toggle(page.key);
  };
  return (
    <button
      type="button"
      className="table-tile"
      data-key={page.key}
      data-pile={pile}
      data-at={number - 1}
      tabIndex={focused ? 0 : -1}
      aria-pressed={chosen}
      aria-disabled={locked || undefined}
      aria-label={`${label}${turned}${locked ? `. ${t('tile.locked')}` : ''}`}
      draggable={!locked}
      onDragStart={(event) => {
        onDragStart(event, page.key);
      }}
      onFocus={() => {
        if (useOrganiser.getState().focus !== page.key) useOrganiser.setState({ focus: page.key });
      }}
      onClick={press}
    >
      <span className="table-paper" style={room} aria-hidden="true">
        <span className="table-turn" style={{ transform: `rotate(${String(page.turn)}deg)` }}>
          <Thumbnail
            pdf={pdf.state === 'ready' ? pdf.pdf : null}
            index={page.page}
            width={width}
            ratio={size.height / size.width}
          />
        </span>
      </span>
      <span className="table-number" aria-hidden="true">
        {number}
      </span>
    </button>
  );
});
