import { Button } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { JobDocument } from '../../../shared/job/job.ts';
import type { JobView } from '../../../shared/rpc/views.ts';
import { useMay } from '../../host/session.ts';
import { formatBytes, formatNumber } from '../../i18n/format.ts';
import { Thumbnail } from '../../pdf/thumbnail.tsx';
import { usePdf } from '../../pdf/use-pdf.ts';
import { Pill } from '../../ui/pill.tsx';
import { PrintProof } from './print-proof.tsx';
import type { Shown } from './revision-dialog.tsx';

function OneDocument({
  document,
  revision,
  signed,
  onShow,
  onVerify,
}: {
  document: JobDocument;
  revision: number;
  signed: boolean;
  onShow: () => void;
  onVerify: () => void;
}) {
  const { t } = useTranslation('jobs');
  const pdf = usePdf({ document: document.id, revision });
  const { findings } = document;
  return (
    <li className="job-document">
      <button type="button" className="job-thumbnail" onClick={onShow}>
        <Thumbnail pdf={pdf.state === 'ready' ? pdf.pdf : null} index={0} width={88} />
        <span className="ds-sr-only">{t('document.show', { title: document.title })}</span>
      </button>
      <div className="grow">
        <h3>{document.title === '' ? document.fileName : document.title}</h3>
        <p className="muted small">
          {[
            t('document.pages', {
              count: findings.pageCount,
              number: formatNumber(findings.pageCount),
            }),
            formatBytes(document.length),
            findings.pdfa ?? `PDF ${findings.pdfVersion}`,
          ].join(' · ')}
        </p>
        <div className="row job-document-foot">
          {findings.signatures > 0 && (
            <Pill>{t('document.signatures', { count: findings.signatures })}</Pill>
          )}
          {findings.hidden.length > 0 && <Pill tone="brass">{t('document.hidden')}</Pill>}
          {signed && (
            <Button variant="tertiary" className="job-verify" onClick={onVerify}>
              {t('document.verify')}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

export function JobDocuments({
  view,
  onShow,
  onVerify,
}: {
  view: JobView;
  onShow: (shown: Shown) => void;
  onVerify: (document: string) => void;
}) {
  const { t } = useTranslation('jobs');
  const { job } = view;
  const archivist = useMay('handler', 'records');
  const ended = !['draft', 'open', 'at-service'].includes(job.state);
  if (job.documents.length === 0) return null;
  return (
    <section aria-label={t('page.documents')}>
      <ul className="plain job-documents">
        {job.documents.map((document) => {
          const revision =
            job.revisions.find((each) => each.document === document.id)?.revision ?? 0;
          return (
            <OneDocument
              key={document.id}
              document={document}
              revision={revision}
              signed={revision > 0 || document.findings.signatures > 0}
              onShow={() => {
                onShow({ document, revision, caption: t('revision.now') });
              }}
              onVerify={() => {
                onVerify(document.id);
              }}
            />
          );
        })}
      </ul>
      {ended && archivist && <PrintProof job={job.id} />}
    </section>
  );
}
