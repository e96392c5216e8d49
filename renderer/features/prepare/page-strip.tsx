/** The documents' pages, small, in order; a dot per signer whose field stands there. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDocument } from '../../../shared/job/job.ts';
import { Thumbnail } from '../../pdf/thumbnail.tsx';
import { usePdf } from '../../pdf/use-pdf.ts';
import { pageSize } from './geometry.ts';
import { orderedDocuments, usePrepare } from './store.ts';
import { Dot } from './dot.tsx';

const width = 92;

const Page = memo(function Page({
  document,
  page,
  pdf,
}: {
  document: JobDocument;
  page: number;
  pdf: ReturnType<typeof usePdf>;
}) {
  const { t } = useTranslation('prepare');
  const shown = usePrepare(
    (state) => state.shown.document === document.id && state.shown.page === page,
  );
  const fields = usePrepare((state) => state.draft.spec.fields);
  const signers = usePrepare((state) => state.draft.spec.signers);
  const show = usePrepare((state) => state.show);
  const here = [
    ...new Set(
      fields
        .filter((field) => field.document === document.id && field.placement.page === page)
        .map((field) => field.signer),
    ),
  ];
  const size = pageSize(document, page);
  const names = here
    .map((id) => signers.find((signer) => signer.id === id)?.name ?? '')
    .filter((name) => name !== '');
  const label = t('strip.page', { page: page + 1, title: document.title });
  return (
    <button
      type="button"
      className="prep-thumb"
      aria-current={shown ? 'page' : undefined}
      aria-label={
        names.length === 0 ? label : `${label}. ${t('strip.fields', { names: names.join(', ') })}`
      }
      onClick={() => {
        show(document.id, page);
      }}
    >
      <Thumbnail
        pdf={pdf.state === 'ready' ? pdf.pdf : null}
        index={page}
        width={width}
        ratio={size.height / size.width}
      />
      <span className="prep-thumb-foot" aria-hidden="true">
        {page + 1}
        {here.map((id) => (
          <Dot key={id} signers={signers} of={id} />
        ))}
      </span>
    </button>
  );
});

type Row =
  | { readonly type: 'title'; readonly document: JobDocument }
  | { readonly type: 'page'; readonly document: JobDocument; readonly page: number };

/** Height of a row in CSS pixels, before it is measured. */
function heightOf(row: Row | undefined): number {
  if (row === undefined || row.type === 'title') return 44;
  const size = pageSize(row.document, row.page);
  return (width * size.height) / size.width + 58;
}

function PageRow({ document, page }: { document: JobDocument; page: number }) {
  const pdf = usePdf({ document: document.id, revision: 0 });
  return <Page document={document} page={page} pdf={pdf} />;
}

/** Only the pages in sight are drawn: a document of a thousand pages opens as fast as one of ten. */
export function PageStrip() {
  const { t } = useTranslation('prepare');
  const frame = useRef<HTMLElement>(null);
  const draft = usePrepare((state) => state.draft);
  const documents = usePrepare((state) => state.documents);
  const shown = usePrepare((state) => state.shown);
  const { order, titles } = draft;
  const rows = useMemo(
    () =>
      orderedDocuments({ order, titles }, documents).flatMap((document): Row[] => [
        { type: 'title', document },
        ...Array.from({ length: document.findings.pageCount }, (_, page): Row => ({
          ...{ type: 'page', document, page },
        })),
      ]),
    // Fields come and go without the pages.
    [order, titles, documents],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => heightOf(rows[index]),
    overscan: 4,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined
        ? index
        : `${row.document.id} ${row.type === 'page' ? String(row.page) : 'title'}`;
    },
  });
  const at = rows.findIndex(
    (row) => row.type === 'page' && row.document.id === shown.document && row.page === shown.page,
  );
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  return (
    <nav ref={frame} className="prep-strip" aria-label={t('strip.label')}>
      <div className="prep-strip-whole" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className="prep-strip-row"
              style={{ transform: `translateY(${String(item.start)}px)` }}
            >
              {row.type === 'title' ? (
                <h2 className="prep-strip-title" dir="auto">
                  {row.document.title}
                </h2>
              ) : (
                <PageRow document={row.document} page={row.page} />
              )}
            </div>
          );
        })}
      </div>
    </nav>
  );
}
