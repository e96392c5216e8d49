import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { host } from '../../host/host.ts';
import { AnswerList } from './answer-list.tsx';
import { currentLanguage, spokenLanguage } from '../../i18n/i18n.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { Frame } from './frame.tsx';
import type { ScreenProps } from './sitting.tsx';
import { useSitting } from './store.ts';
import './confirm.css';

/** Confirm: one plain sentence, refusing as large as going on. Its hash goes into the evidence. */
export function ConfirmScreen({ view, onBusy }: ScreenProps) {
  const { t } = useTranslation('kiosk');
  const { shownFor, override, go, lay } = useSitting();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  // In what is spoken where it may be confirmed in it, else in what stands in for it.
  const inLanguage = (code: string) => view.confirmations.find(({ language }) => language === code);
  const text = inLanguage(spokenLanguage()) ?? inLanguage(currentLanguage()) ?? view.confirmation;
  async function confirm() {
    setSending(true);
    setFailure(null);
    onBusy(true);
    const answer = await call('signing.confirm', {
      shown: view.documents.map(({ document, revision, sha256 }) => ({
        document,
        revision,
        sha256,
      })),
      textSha256: text.sha256,
      pagesShown: { ...shownFor },
      ...(override === null ? {} : { override }),
    });
    onBusy(false);
    setSending(false);
    if (answer.ok) go('sign');
    else setFailure(answer.error);
  }
  return (
    <Frame
      step="confirm"
      title={t('confirm.title')}
      over={view.title}
      trial={view.trial}
      where
      actions={
        failure?.code === 'signing.changed' ? (
          <BigButton
            forward
            onClick={() => {
              host.restart();
            }}
          >
            {t('confirm.again')}
          </BigButton>
        ) : (
          <>
            <BigButton
              onClick={() => {
                lay('decline');
              }}
            >
              {t('decline.ask')}
            </BigButton>
            <BigButton
              forward
              busy={sending}
              onClick={() => {
                void confirm();
              }}
            >
              {t('confirm.yes')}
            </BigButton>
          </>
        )
      }
    >
      <div className="k-confirm">
        {failure !== null && <KioskFailure failure={failure} />}
        <blockquote className="k-sentence" lang={text.language} dir="auto">
          {text.text}
        </blockquote>
        <div className="k-signing">
          <h2>{t('confirm.documents', { count: view.documents.length })}</h2>
          <ul>
            {view.documents.map((document) => (
              <li key={document.document}>
                <strong>{document.title}</strong>
                <span className="k-quiet">{t('pages', { count: document.pageCount })}</span>
              </li>
            ))}
          </ul>
          <AnswerList view={view} />
          <p className="k-quiet">{override === null ? t('confirm.read') : override}</p>
          <BigButton
            onClick={() => {
              go('read');
            }}
          >
            {t('confirm.back')}
          </BigButton>
        </div>
      </div>
    </Frame>
  );
}
