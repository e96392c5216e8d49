import { CheckmarkHeavyIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../i18n/format.ts';
import { BigButton } from './big-button.tsx';
import { CopyChoice } from './copy-choice.tsx';
import { KioskFailure } from './failure.tsx';
import { Frame } from './frame.tsx';
import { useNextJob } from './next-job.ts';
import type { ScreenProps } from './sitting.tsx';
import { useSitting } from './store.ts';

/** The receipt: what was signed and when, and how to get a copy. Then the screen is handed back. */
export function DoneScreen({ view, onLeave }: ScreenProps) {
  const { t } = useTranslation('kiosk');
  const signedAt = useSitting((sitting) => sitting.signedAt);
  const [leaving, setLeaving] = useState(false);
  const next = useNextJob();
  return (
    <Frame
      step="done"
      title={t('done.title')}
      over={view.organisation}
      trial={view.trial}
      actions={
        <>
          <BigButton
            forward={next.more === 0}
            busy={leaving}
            onClick={() => {
              setLeaving(true);
              void onLeave('done');
            }}
          >
            {t('done.finish')}
          </BigButton>
          {next.more > 0 && (
            <BigButton forward busy={next.going} onClick={next.goOn}>
              {t('done.goOn')}
            </BigButton>
          )}
        </>
      }
    >
      <div className="k-done" role="status">
        <span className="k-done-mark" aria-hidden="true">
          <CheckmarkHeavyIcon />
        </span>
        <p className="k-lead">{t('done.lead')}</p>
        <ul>
          {view.documents.map((document) => (
            <li key={document.document}>
              <strong>{document.title}</strong>
              {signedAt !== null && <span className="k-quiet">{formatDateTime(signedAt)}</span>}
            </li>
          ))}
        </ul>
        {next.more > 0 && <p className="k-lead">{t('done.next', { count: next.more })}</p>}
        <CopyChoice mailed={view.mailedCopy} />
        {next.failure !== null && <KioskFailure failure={next.failure} />}
        {view.trial && <p className="k-quiet">{t('done.trial')}</p>}
      </div>
    </Frame>
  );
}
