import { Button } from '@digdir/designsystemet-react';
import { PrinterSmallIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobEvent } from '../../../shared/job/event.ts';
import type { JobView } from '../../../shared/rpc/views.ts';
import { formatDateTime, formatMoment } from '../../i18n/format.ts';
import { PrintSheet } from '../../ui/print-sheet.tsx';
import { eventWords, seenWith } from './event-words.ts';
import type { Shown } from './revision-dialog.tsx';

/** As many as fit under the signers without scrolling past them. */
const few = 4;

function toneOf(event: JobEvent): string | undefined {
  switch (event.type) {
    case 'signed':
    case 'sealed':
    case 'renewed':
    case 'opened':
      return 'green';
    case 'declined':
    case 'cancelled':
    case 'expired':
      return 'red';
    case 'handed-over':
    case 'seal-deferred':
    case 'renewal-due':
    case 'renewal-deferred':
      return 'brass';
    default:
      return undefined;
  }
}

/** What happened, newest first, with the document as it was then. */
export function JobHistory({ view, onShow }: { view: JobView; onShow: (shown: Shown) => void }) {
  const { t } = useTranslation('jobs');
  const [all, setAll] = useState(false);
  const [printing, setPrinting] = useState(false);
  const { job } = view;
  const events = [...view.events].reverse();
  const shown = all ? events : events.slice(0, few);

  function caption(event: JobEvent): string {
    if (event.type === 'signed') {
      const signer = job.signers.find((each) => each.id === event.signer);
      return t('revision.asSeenBy', { name: signer?.name ?? '' });
    }
    if (event.type === 'renewed') return t('revision.renewed');
    return t(event.type === 'sealed' ? 'revision.sealed' : 'revision.opened');
  }

  return (
    <section className="job-history" aria-labelledby="job-history-title">
      <h3 id="job-history-title">{t('page.history')}</h3>
      <ol className="plain">
        {shown.map(({ seq, at, event, actorName, actor }) => {
          const { title, detail } = eventWords(t, job, event);
          return (
            <li key={seq} data-tone={toneOf(event)}>
              <p>
                <strong>{title}</strong>
              </p>
              <p className="muted small">
                {formatMoment(at)}
                {actor !== 'system' && actorName !== '' && ` · ${actorName}`}
                {detail !== '' && ` · ${detail}`}
              </p>
              {seenWith(event).length > 0 && (
                <div className="row job-seen">
                  {seenWith(event).map(({ document: id, revision }) => {
                    const document = job.documents.find((each) => each.id === id);
                    if (document === undefined) return null;
                    const words = caption(event);
                    return (
                      <button
                        key={id}
                        type="button"
                        className="link-button small"
                        onClick={() => {
                          onShow({ document, revision, caption: words });
                        }}
                      >
                        {seenWith(event).length > 1
                          ? t('revision.openNamed', { caption: words, title: document.title })
                          : words}
                      </button>
                    );
                  })}
                </div>
              )}
            </li>
          );
        })}
      </ol>
      {printing && (
        <PrintSheet
          ready
          onDone={() => {
            setPrinting(false);
          }}
        >
          <h1>{job.spec.title}</h1>
          <h2>{t('page.history')}</h2>
          <ol>
            {view.events.map(({ seq, at, event, actorName, actor }) => {
              const { title, detail } = eventWords(t, job, event);
              const who = actor === 'system' ? '' : actorName;
              return (
                <li key={seq}>
                  <strong>{title}</strong>
                  <br />
                  {[formatDateTime(at), who, detail].filter(Boolean).join(' · ')}
                </li>
              );
            })}
          </ol>
        </PrintSheet>
      )}
      <Button
        variant="tertiary"
        onClick={() => {
          setPrinting(true);
        }}
      >
        <PrinterSmallIcon aria-hidden="true" />
        {t('follow:print.action')}
      </Button>
      {events.length > few && (
        <Button
          variant="tertiary"
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? t('page.historyLess') : t('page.historyAll', { count: events.length })}
        </Button>
      )}
    </section>
  );
}
