/** Sign: draw or type; what the mark will look like on the page is shown while it is made. */
import { ArrowUndoIcon, PencilWritingIcon, TrashIcon } from '@navikt/aksel-icons';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { useTask } from '../../host/task.ts';
import { formatList } from '../../i18n/format.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { useAnswers } from './answers.ts';
import { Frame } from './frame.tsx';
import { InkPad } from './ink-pad.tsx';
import { useMarkInk } from './ink.ts';
import { MarkPreview } from './mark-preview.tsx';
import type { PreviewedMark } from './mark-preview.tsx';
import { PlacedPage, placesOf } from './placed-page.tsx';
import { ScreenKeyboard, useTouch } from './screen-keyboard.tsx';
import type { ScreenProps } from './sitting.tsx';
import { useSitting } from './store.ts';
import { isEnoughInk, toMark } from './strokes.ts';
import './sign.css';
import './low-window.css';

const longest = 80;

export function SignScreen({ view, onBusy }: ScreenProps) {
  const { t, i18n } = useTranslation('kiosk');
  const { strokes, aspect, typed, mode, place, set, undoStroke, clearStrokes, lay, signed } =
    useSitting();
  const { answers, askAgain } = useAnswers(view);
  const task = useTask();
  const [failure, setFailure] = useState<Failure | null>(null);
  const ink = useMarkInk();
  const touch = useTouch();
  const places = useMemo(() => placesOf(view), [view]);
  const at = places[Math.min(place, places.length - 1)];
  const mark = useMemo<PreviewedMark>(
    () => (mode === 'drawn' ? { type: 'drawn', strokes, aspect } : { type: 'typed', text: typed }),
    [mode, strokes, aspect, typed],
  );
  const ready = mode === 'drawn' ? isEnoughInk(strokes, aspect) : typed.trim().length >= 2;

  async function sign() {
    setFailure(null);
    onBusy(true);
    set({ signing: true });
    const answer = await task.run('signing.sign', {
      shown: view.documents.map(({ document, revision, sha256 }) => ({
        document,
        revision,
        sha256,
      })),
      mark: mode === 'drawn' ? toMark(strokes, aspect) : { type: 'typed', text: typed.trim() },
      ...answers(),
    });
    onBusy(false);
    set({ signing: false });
    if (answer.ok) signed(answer.value.signedAt);
    else if (!askAgain(answer.error)) setFailure(answer.error);
  }
  const stepKey = task.progress === null ? null : `task.step.${task.progress.step}`;
  const working =
    stepKey !== null && i18n.exists(stepKey, { ns: 'app' })
      ? t(stepKey, { ns: 'app' })
      : t('sign.working');
  return (
    <Frame
      step="sign"
      title={mode === 'drawn' ? t('sign.title') : t('sign.titleTyped')}
      under={t(view.signer.title === '' ? 'sign.under' : 'sign.underAs', {
        documents: formatList(view.documents.map((document) => document.title)),
        title: view.signer.title.toLocaleLowerCase(),
      })}
      trial={view.trial}
      where
      actions={
        <>
          <BigButton
            disabled={task.running}
            onClick={() => {
              lay('decline');
            }}
          >
            {t('decline.ask')}
          </BigButton>
          <BigButton
            forward
            busy={task.running}
            disabled={!ready}
            describedBy="k-sign-hint"
            onClick={() => {
              void sign();
            }}
          >
            {task.running ? working : t('sign.yes')}
          </BigButton>
        </>
      }
    >
      <div className="k-sign">
        <section className="k-make" aria-label={t('sign.make')}>
          {failure !== null && <KioskFailure failure={failure} />}
          {mode === 'drawn' ? (
            <InkPad disabled={task.running} dynamics={view.strokeDynamics} ink={ink} />
          ) : (
            <div className="k-typing">
              <label className="k-field">
                {t('sign.name')}
                <input
                  type="text"
                  value={typed}
                  maxLength={longest}
                  autoComplete="off"
                  spellCheck={false}
                  inputMode={touch ? 'none' : 'text'}
                  disabled={task.running}
                  autoFocus
                  onChange={(event) => {
                    set({ typed: event.target.value });
                  }}
                />
              </label>
              {touch && (
                <ScreenKeyboard
                  value={typed}
                  longest={longest}
                  names
                  onChange={(value) => {
                    set({ typed: value });
                  }}
                />
              )}
            </div>
          )}
          {mode === 'drawn' && view.strokeDynamics && (
            <p className="k-quiet">{t('sign.dynamics')}</p>
          )}
          <div className="k-make-tools">
            {mode === 'drawn' && (
              <>
                <BigButton disabled={strokes.length === 0 || task.running} onClick={undoStroke}>
                  <ArrowUndoIcon aria-hidden="true" />
                  {t('sign.undo')}
                </BigButton>
                <BigButton disabled={strokes.length === 0 || task.running} onClick={clearStrokes}>
                  <TrashIcon aria-hidden="true" />
                  {t('sign.clear')}
                </BigButton>
              </>
            )}
            <p id="k-sign-hint" className="k-quiet">
              {ready ? t('sign.ready') : mode === 'drawn' ? t('sign.hint') : t('sign.hintTyped')}
            </p>
            <BigButton
              disabled={task.running}
              onClick={() => {
                set({ mode: mode === 'drawn' ? 'typed' : 'drawn' });
              }}
            >
              {mode === 'typed' && <PencilWritingIcon aria-hidden="true" />}
              {mode === 'drawn' ? t('sign.type') : t('sign.draw')}
            </BigButton>
          </div>
        </section>
        <section className="k-preview" aria-label={t('sign.preview')}>
          {at === undefined ? (
            <p className="k-quiet">{t('sign.noPlace')}</p>
          ) : (
            <>
              <p className="k-quiet">
                {t(view.documents.length > 1 ? 'sign.previewOf' : 'sign.previewOn', {
                  page: at.place.page + 1,
                  title: at.document.title,
                })}
              </p>
              <PlacedPage at={at}>
                <MarkPreview place={at.place} mark={mark} lines={view.markLines} />
              </PlacedPage>
              <div className="k-close">
                <p className="k-quiet">{t('sign.close')}</p>
                <MarkPreview place={at.place} mark={mark} lines={view.markLines} />
              </div>
              {places.length > 1 && (
                <BigButton
                  onClick={() => {
                    set({ place: (place + 1) % places.length });
                  }}
                >
                  {t('sign.nextPlace', { number: place + 1, count: places.length })}
                </BigButton>
              )}
            </>
          )}
        </section>
      </div>
    </Frame>
  );
}
