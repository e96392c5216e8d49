import { Checkbox } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLegal } from '../../../shared/added-language.ts';
import type { KeptLanguage } from '../../../shared/rpc/views-language.ts';
import { currentLanguage, sourceWords } from '../../i18n/i18n.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { kioskTexts, missingIn } from './language-file.ts';
import { useSave } from './use-save.ts';

/** Everything that is said where a legal act is made, beside what it means; and one who answers for it. */
export function LanguageApproval({
  language,
  onClose,
}: {
  language: KeptLanguage;
  onClose: () => void;
}) {
  const { t } = useTranslation('language');
  const [answers, setAnswers] = useState(false);
  const { busy, failure, save } = useSave();
  const { code, name, direction, confirmation, readBy, texts, legalSha256 } = language;
  const missing = missingIn(language, sourceWords('nb')).filter(isLegal).length;
  const why =
    confirmation === null
      ? t('cannot.confirmation')
      : readBy === ''
        ? t('cannot.unread')
        : missing > 0
          ? t('cannot.missing', { count: missing })
          : null;
  const rows: readonly (readonly [string, string, string])[] = [
    ...(confirmation === null
      ? []
      : ([
          ['text', t('confirmation.text'), confirmation.text],
          ['textFor', t('confirmation.textFor'), confirmation.textFor],
        ] as const)),
    ...[...kioskTexts(sourceWords(currentLanguage()))].flatMap(([key, source]) => {
      const own = texts[key];
      return isLegal(key) && own !== undefined ? [[key, source, own] as const] : [];
    }),
  ];
  return (
    <AskDialog
      title={t('approveTitle', { name })}
      confirm={t('approveYes')}
      busy={busy}
      ready={why === null && answers}
      onClose={onClose}
      onConfirm={() =>
        void save('language.approve', { code, sha256: legalSha256 }, t('approvedNow')).then(
          (answer) => {
            if (answer.ok) onClose();
          },
        )
      }
    >
      <p>{t('approveMeans')}</p>
      {why !== null && <Notice tone="brass" title={why} />}
      <div className="language-legal" role="region" aria-label={t('legal')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('source')}</th>
              <th scope="col">
                <bdi lang={code}>{name}</bdi>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([key, source, own]) => (
              <tr key={key}>
                <td>{source}</td>
                <td lang={code} dir={direction}>
                  {own}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted small">
        {t('hash')} <code>{legalSha256.slice(0, 16)}</code>
      </p>
      <Checkbox
        label={t('answer', { readBy: readBy === '' ? t('nobody') : readBy })}
        checked={answers}
        disabled={why !== null}
        onChange={(event) => {
          setAnswers(event.target.checked);
        }}
      />
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
