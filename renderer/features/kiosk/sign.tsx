/** Sign: draw or type; what the mark will look like on the page is shown while it is made. */
import { ArrowUndoIcon, PencilWritingIcon, TrashIcon } from '@navikt/aksel-icons';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputOf } from '../../../shared/rpc/contract.ts';
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
import { PicturePick } from './picture-pick.tsx';
import { PlacedPage, placesOf } from './placed-page.tsx';
import { ScreenKeyboard, useTouch } from './screen-keyboard.tsx';
import type { ScreenProps } from './sitting.tsx';
import { useSitting } from './store.ts';
import type { Sitting } from './store.ts';
import { isEnoughInk, toMark } from './strokes.ts';
import './sign.css';
import './low-window.css';

const longest = 80;

const ways = ['drawn', 'typed', 'image'] as const;
const titles = { drawn: 'sign.title', typed: 'sign.titleTyped', image: 'sign.titleImage' } as const;
const hints = { drawn: 'sign.hint', typed: 'sign.hintTyped', image: 'sign.hintImage' } as const;
const words = { drawn: 'sign.draw', typed: 'sign.type', image: 'sign.image' } as const;

type Mark = InputOf<'signing.sign'>['mark'];
type Made = Pick<Sitting, 'mode' | 'strokes' | 'aspect' | 'typed' | 'picture'>;

function previewOf({ mode, strokes, aspect, typed, picture }: Made): PreviewedMark {
  switch (mode) {
    case 'drawn':
      return { type: 'drawn', strokes, aspect };
    case 'typed':
      return { type: 'typed', text: typed };
    case 'image':
      return { type: 'image', picture };
  }
}

/** Null while there is too little of it to be a name. */
function markOf({ mode, strokes, aspect, typed, picture }: Made): Mark | null {
  switch (mode) {
    case 'drawn':
      return isEnoughInk(strokes, aspect) ? toMark(strokes, aspect) : null;
    case 'typed':
      return typed.trim().length >= 2 ? { type: 'typed', text: typed.trim() } : null;
    case 'image':
      return picture === null ? null : { type: 'image', image: picture.bytes };
  }
}

export function SignScreen({ view, onBusy }: ScreenProps) {
  const { t, i18n } = useTranslation('kiosk');
  const {
    strokes,
    aspect,
    typed,
    picture,
    mode,
    place,
    set,
    undoStroke,
    clearStrokes,
    lay,
    signed,
  } = useSitting();
  const { answers, askAgain } = useAnswers(view);
  const task = useTask();
  const [failure, setFailure] = useState<Failure | null>(null);
  const ink = useMarkInk();
  const touch = useTouch();
  const places = useMemo(() => placesOf(view), [view]);
  const at = places[Math.min(place, places.length - 1)];
  const mark = useMemo<PreviewedMark>(
    () => previewOf({ mode, strokes, aspect, typed, picture }),
    [mode, strokes, aspect, typed, picture],
  );
  const sent = markOf({ mode, strokes, aspect, typed, picture });

  async function sign() {
    if (sent === null) return;
    setFailure(null);
    onBusy(true);
    set({ signing: true });
    const answer = await task.run('signing.sign', {
      shown: view.documents.map(({ document, revision, sha256 }) => ({
        document,
        revision,
        sha256,
      })),
      mark: sent,
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
      title={t(titles[mode])}
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
            disabled={sent === null}
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
          ) : mode === 'image' ? (
            <PicturePick disabled={task.running} />
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
                  writing="name"
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
              {t(sent === null ? hints[mode] : 'sign.ready')}
            </p>
            {ways
              .filter((way) => way !== mode && (way !== 'image' || view.imageMarks))
              .map((way) => (
                <BigButton
                  key={way}
                  disabled={task.running}
                  onClick={() => {
                    set({ mode: way });
                  }}
                >
                  {way === 'drawn' && <PencilWritingIcon aria-hidden="true" />}
                  {t(words[way])}
                </BigButton>
              ))}
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
