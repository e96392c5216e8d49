/** The documents of the job: titles, order, what the check found; merge and remove. */
import { Button, Checkbox, Textfield } from '@digdir/designsystemet-react';
import { ArrowDownIcon, ArrowUpIcon, FilesIcon, TrashIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDocument } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { formatBytes } from '../../i18n/format.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ChooseFiles } from './choose-files.tsx';
import { FindingsList } from './findings-list.tsx';
import { IncomingList } from './incoming-list.tsx';
import { longestTitle, MergeDocuments } from './merge-documents.tsx';
import { openOrganiser } from './organiser/organiser.tsx';
import { UndoArrangement } from './organiser/undo-arrangement.tsx';
import { saveNow } from './saving.ts';
import { orderedDocuments, usePrepare } from './store.ts';

function Card({
  document,
  index,
  count,
  picked,
  twin,
  onPick,
  onRemove,
}: {
  document: JobDocument;
  index: number;
  count: number;
  picked: boolean;
  /** Title of one before it that is the same file. */
  twin: string | null;
  onPick: (picked: boolean) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('prepare');
  const { edit, settle, show } = usePrepare.getState();
  const shown = usePrepare((state) => state.shown.document === document.id);
  const move = (by: number) => {
    edit((draft) => {
      const order = [...draft.order];
      const [id] = order.splice(index, 1);
      if (id !== undefined) order.splice(index + by, 0, id);
      return { ...draft, order };
    });
  };
  return (
    <li className="prep-card" data-shown={shown}>
      <div className="prep-card-head">
        {count > 1 ? (
          <Checkbox
            label={
              <>
                {t('documents.number', { number: index + 1 })}
                <span className="ds-sr-only">{t('documents.pick', { title: document.title })}</span>
              </>
            }
            checked={picked}
            onChange={(event) => {
              onPick(event.target.checked);
            }}
          />
        ) : (
          <strong>{t('documents.one')}</strong>
        )}
        <span className="prep-card-tools">
          <Button
            variant="tertiary"
            icon
            aria-label={t('documents.up', { title: document.title })}
            disabled={index === 0}
            onClick={() => {
              move(-1);
            }}
          >
            <ArrowUpIcon aria-hidden="true" />
          </Button>
          <Button
            variant="tertiary"
            icon
            aria-label={t('documents.down', { title: document.title })}
            disabled={index === count - 1}
            onClick={() => {
              move(1);
            }}
          >
            <ArrowDownIcon aria-hidden="true" />
          </Button>
          <Button
            variant="tertiary"
            icon
            aria-label={t('documents.remove', { title: document.title })}
            onClick={onRemove}
          >
            <TrashIcon aria-hidden="true" />
          </Button>
        </span>
      </div>
      <Textfield
        label={t('documents.title')}
        value={document.title}
        maxLength={longestTitle}
        onFocus={() => {
          show(document.id, 0);
        }}
        onBlur={settle}
        onChange={(event) => {
          const title = event.target.value;
          edit(
            (draft) => ({
              ...draft,
              titles: { ...draft.titles, [document.id]: title },
              // The job is called what its first document is, until it has a name of its own.
              ...(index === 0 && draft.spec.title === document.title
                ? { spec: { ...draft.spec, title } }
                : {}),
            }),
            `title ${document.id}`,
          );
        }}
      />
      <p className="small muted prep-file-name" dir="auto">
        {document.fileName} · {t('pages', { count: document.findings.pageCount })} ·{' '}
        {formatBytes(document.length)}
      </p>
      {twin !== null && (
        <Notice tone="brass">
          <p className="small">{t('pages:twin', { title: twin })}</p>
        </Notice>
      )}
      <FindingsList document={document} />
    </li>
  );
}

/** The same bytes came in twice, whatever they were called. */
function twinOf(document: JobDocument, before: readonly JobDocument[]): string | null {
  const hash = ({ original, sha256 }: JobDocument) => original?.sha256 ?? sha256;
  // Parts of one file are no doubles of it.
  if (document.from !== undefined) return null;
  const twin = before.find((one) => one.from === undefined && hash(one) === hash(document));
  return twin?.title ?? null;
}

export function DocumentsPanel({ job }: { job: string }) {
  const { t } = useTranslation('prepare');
  const draft = usePrepare((state) => state.draft);
  const documents = usePrepare((state) => state.documents);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [removing, setRemoving] = useState<JobDocument | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const ordered = orderedDocuments(draft, documents);
  const chosen = ordered.filter((document) => picked.has(document.id));
  async function remove(document: JobDocument) {
    setBusy(true);
    await saveNow();
    const answer = await call('document.remove', { job, document: document.id });
    setBusy(false);
    setRemoving(null);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    const { documents: now, follow } = usePrepare.getState();
    follow(
      answer.value.version,
      now.filter((each) => each.id !== document.id),
    );
  }
  return (
    <aside className="prep-side" aria-label={t('documents.label')}>
      <h2>{t('documents.heading')}</h2>
      <UndoArrangement job={job} />
      {ordered.length > 0 && (
        <Button
          variant="secondary"
          className="wide"
          onClick={() => {
            openOrganiser();
          }}
        >
          <FilesIcon aria-hidden="true" />
          {t('pages:open')}
        </Button>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      <IncomingList />
      <ol className="plain stack-tight">
        {ordered.map((document, index) => (
          <Card
            key={document.id}
            document={document}
            index={index}
            count={ordered.length}
            picked={picked.has(document.id)}
            twin={twinOf(document, ordered.slice(0, index))}
            onPick={(on) => {
              const next = new Set(picked);
              if (on) next.add(document.id);
              else next.delete(document.id);
              setPicked(next);
            }}
            onRemove={() => {
              setRemoving(document);
            }}
          />
        ))}
      </ol>
      <MergeDocuments
        job={job}
        chosen={chosen}
        onMerged={() => {
          setPicked(new Set());
        }}
      />
      <ChooseFiles job={job} />
      {removing !== null && (
        <AskDialog
          title={t('documents.removeTitle', { title: removing.title })}
          confirm={t('documents.removeYes')}
          danger
          busy={busy}
          onConfirm={() => {
            void remove(removing);
          }}
          onClose={() => {
            setRemoving(null);
          }}
        >
          <p>{t('documents.removeMeans')}</p>
        </AskDialog>
      )}
    </aside>
  );
}
