import {
  EyeIcon,
  FileTextIcon,
  QuestionmarkCircleIcon,
  SpeakerSoundWave2Icon,
  SpeakerSlashIcon,
  ZoomMinusIcon,
  ZoomPlusIcon,
} from '@navikt/aksel-icons';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SigningView } from '../../../shared/rpc/views.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { Pdf } from '../../pdf/use-pdf.ts';
import { BigButton } from './big-button.tsx';
import { usePageText } from './page-words.ts';
import { useReadAloud } from './read-aloud.ts';
import { pageKey, useSitting, zooms } from './store.ts';

interface Props {
  readonly pdf: Pdf;
  readonly document: SigningView['documents'][number];
  readonly page: number;
  readonly onBusy: (busy: boolean) => void;
}

/** Larger, as text, in contrast, read aloud; and a way for those who cannot read a screen at all. */
export function ReadTools({ pdf, document, page, onBusy }: Props) {
  const { t } = useTranslation('kiosk');
  const { zoom, contrast, asText, set, see, lay } = useSitting();
  const voice = useReadAloud(currentLanguage());
  const words = usePageText(pdf, page, voice.possible);
  const at = zooms.findIndex((each) => each === zoom);
  const zoomBy = (step: number) => {
    const next = zooms[at + step];
    if (next !== undefined) set({ zoom: next });
  };
  const { stop, speaking } = voice;
  useEffect(() => stop, [page, document.document, stop]);
  useEffect(() => {
    onBusy(speaking);
    return () => {
      onBusy(false);
    };
  }, [speaking, onBusy]);
  return (
    <div className="k-tools" role="group" aria-label={t('tools.label')}>
      <div className="k-zoom">
        <BigButton
          disabled={at <= 0}
          onClick={() => {
            zoomBy(-1);
          }}
        >
          <ZoomMinusIcon aria-hidden="true" />
          <span className="ds-sr-only">{t('tools.smaller')}</span>
        </BigButton>
        <BigButton
          disabled={at >= zooms.length - 1}
          onClick={() => {
            zoomBy(1);
          }}
        >
          <ZoomPlusIcon aria-hidden="true" />
          {t('tools.larger')}
        </BigButton>
      </div>
      {voice.possible && (
        <BigButton
          pressed={speaking}
          disabled={words === null || words.blocks.length === 0}
          onClick={() => {
            if (speaking) stop();
            else
              voice.start(words?.blocks.map(({ text }) => text) ?? [], () => {
                see(pageKey(document.document, page));
              });
          }}
        >
          {speaking ? (
            <SpeakerSlashIcon aria-hidden="true" />
          ) : (
            <SpeakerSoundWave2Icon aria-hidden="true" />
          )}
          {speaking ? t('tools.silent') : t('tools.aloud')}
        </BigButton>
      )}
      <BigButton
        pressed={asText}
        onClick={() => {
          set({ asText: !asText });
        }}
      >
        <FileTextIcon aria-hidden="true" />
        {t('tools.text')}
      </BigButton>
      <BigButton
        pressed={contrast}
        onClick={() => {
          set({ contrast: !contrast });
        }}
      >
        <EyeIcon aria-hidden="true" />
        {t('tools.contrast')}
      </BigButton>
      <BigButton
        onClick={() => {
          lay('other-way');
        }}
      >
        <QuestionmarkCircleIcon aria-hidden="true" />
        {t('tools.otherWay')}
      </BigButton>
    </div>
  );
}
