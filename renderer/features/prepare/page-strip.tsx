/** The documents' pages, small, in order; a dot per signer whose field stands there. */
import { memo } from 'react';
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
    <li>
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
    </li>
  );
});

function Pages({ document }: { document: JobDocument }) {
  const pdf = usePdf({ document: document.id, revision: 0 });
  return (
    <section aria-label={document.title}>
      <h2 className="prep-strip-title">{document.title}</h2>
      <ol className="plain">
        {Array.from({ length: document.findings.pageCount }, (_, page) => (
          <Page key={page} document={document} page={page} pdf={pdf} />
        ))}
      </ol>
    </section>
  );
}

export function PageStrip() {
  const { t } = useTranslation('prepare');
  const draft = usePrepare((state) => state.draft);
  const documents = usePrepare((state) => state.documents);
  return (
    <nav className="prep-strip" aria-label={t('strip.label')}>
      {orderedDocuments(draft, documents).map((document) => (
        <Pages key={document.id} document={document} />
      ))}
    </nav>
  );
}
