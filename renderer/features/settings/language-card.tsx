import { Button } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptLanguage } from '../../../shared/rpc/views-language.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { sourceWords } from '../../i18n/i18n.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Pill } from '../../ui/pill.tsx';
import { LanguageApproval } from './language-approval.tsx';
import { kioskTexts, missingIn } from './language-file.ts';
import { useSave } from './use-save.ts';

/** One language of the office's: how whole it is, who has read it, and who has answered for it. */
export function LanguageCard({ language, may }: { language: KeptLanguage; may: boolean }) {
  const { t } = useTranslation('language');
  const [asking, setAsking] = useState<'approve' | 'remove' | null>(null);
  const { busy, failure, save } = useSave();
  const { code, name, fallback, translatedBy, readBy, approved } = language;
  const of = kioskTexts(sourceWords('nb')).size;
  const missing = missingIn(language, sourceWords('nb')).length;
  const close = () => {
    setAsking(null);
  };
  return (
    <article className="language-card" aria-label={name}>
      <h4>
        <bdi lang={code}>{name}</bdi> <span className="muted">{code}</span>
      </h4>
      <Pill tone={approved === null ? 'brass' : 'green'}>
        {t(approved === null ? 'notApproved' : 'approved')}
      </Pill>
      <dl className="facts">
        <dt>{t('texts')}</dt>
        <dd>
          {t('texts_of', { done: of - missing, count: of })}
          {missing > 0 && ` ${t('fallsBack', { count: missing, language: t(`name.${fallback}`) })}`}
        </dd>
        <dt>{t('translatedBy')}</dt>
        <dd>{translatedBy}</dd>
        <dt>{t('readBy')}</dt>
        <dd>{readBy === '' ? t('nobody') : readBy}</dd>
        <dt>{t('legal')}</dt>
        <dd>
          {approved === null
            ? t('legalNot', { language: t(`name.${fallback}`) })
            : t('legalApproved', { when: formatDateTime(approved.at) })}
        </dd>
      </dl>
      {may && (
        <div className="row">
          <Button
            variant="secondary"
            onClick={() => {
              setAsking('approve');
            }}
          >
            {t(approved === null ? 'readAndApprove' : 'readAgain', { name })}
          </Button>
          <Button
            variant="tertiary"
            data-color="neutral"
            onClick={() => {
              setAsking('remove');
            }}
          >
            {t('remove', { name })}
          </Button>
        </div>
      )}
      {asking === 'approve' && <LanguageApproval language={language} onClose={close} />}
      {asking === 'remove' && (
        <AskDialog
          danger
          title={t('removeTitle', { name })}
          confirm={t('removeYes')}
          busy={busy}
          onClose={close}
          onConfirm={() =>
            void save('language.remove', { code }, t('removed')).then((answer) => {
              if (answer.ok) close();
            })
          }
        >
          <p>{t('removeMeans')}</p>
          {failure !== null && <FailureNotice failure={failure} />}
        </AskDialog>
      )}
    </article>
  );
}
