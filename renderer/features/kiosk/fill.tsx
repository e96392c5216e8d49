/** Fill in: one question at a time, beside the page where the answer will stand. */
import {
  ArrowLeftIcon,
  ArrowRightIcon,
  ArrowUndoIcon,
  PencilWritingIcon,
} from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ticked, wrongValue } from '../../../shared/job/field.ts';
import type { Failure } from '../../../shared/result.ts';
import { useValueOf } from './answers.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { FieldsOnPage } from './field-preview.tsx';
import { useFilling } from './filling.ts';
import { itemsOf } from './fills.ts';
import type { FillItem } from './fills.ts';
import { Frame } from './frame.tsx';
import { InkPad } from './ink-pad.tsx';
import { useInitialsInk } from './ink.ts';
import { PlacedPage } from './placed-page.tsx';
import { ScreenKeyboard, useTouch } from './screen-keyboard.tsx';
import type { ScreenProps } from './sitting.tsx';
import { useSitting } from './store.ts';
import { isEnoughInk } from './strokes.ts';
import './fill.css';
import './sign.css';

const mostLetters = 10;

export function FillScreen({ view }: ScreenProps) {
  const { t } = useTranslation('fields');
  const filling = useFilling();
  const { at, set } = filling;
  const { go, lay } = useSitting();
  const valueOf = useValueOf();
  const [spot, setSpot] = useState(0);
  const items = itemsOf(view);
  const item = items[Math.min(at, items.length - 1)];
  if (item === undefined) return null;
  const { field } = item.spots[0];
  const shown = item.spots[Math.min(spot, item.spots.length - 1)] ?? item.spots[0];
  const { failure } = filling;
  const turn = (to: number) => {
    set(() => ({ at: to, failure: null }));
    setSpot(0);
  };
  function forward() {
    const refused = troubleOf(item);
    set(() => ({ failure: refused }));
    if (refused !== null) return;
    if (at + 1 < items.length) turn(at + 1);
    else {
      turn(at);
      go('confirm');
    }
  }
  function troubleOf(asked: FillItem | undefined): Failure | null {
    if (asked === undefined) return null;
    if (asked.kind !== 'initials') {
      const refusal = wrongValue(field, valueOf(field).trim());
      return refusal === null ? null : refusal.error;
    }
    const { way, strokes, aspect } = filling;
    if (way === 'drawn' && isEnoughInk(strokes, aspect)) return null;
    const empty = wrongValue({ ...field, kind: 'text', required: true }, valueOf(field).trim());
    return empty === null ? null : empty.error;
  }
  const question = item.kind === 'initials' ? t('kiosk.initials') : field.label;
  const must = item.kind === 'check' ? 'kiosk.mustTick' : 'kiosk.must';
  const state = field.required || item.kind === 'initials' ? must : 'kiosk.may';
  return (
    <Frame
      step="fill"
      title={question}
      over={t('kiosk.number', { number: at + 1, count: items.length })}
      under={t(state)}
      trial={view.trial}
      where
      actions={
        <>
          <BigButton
            onClick={() => {
              lay('decline');
            }}
          >
            {t('kiosk:decline.ask')}
          </BigButton>
          <BigButton
            onClick={() => {
              if (at > 0) turn(at - 1);
              else go('read');
            }}
          >
            <ArrowLeftIcon aria-hidden="true" />
            {t(at > 0 ? 'kiosk.previous' : 'kiosk.reading')}
          </BigButton>
          <BigButton forward onClick={forward}>
            {t(at + 1 < items.length ? 'kiosk.next' : 'kiosk.done')}
            <ArrowRightIcon aria-hidden="true" />
          </BigButton>
        </>
      }
    >
      <div className="k-sign k-fill" key={field.id}>
        <section className="k-fill-answer" aria-label={t('kiosk.answer')}>
          {failure !== null && <KioskFailure failure={failure} />}
          {item.kind === 'text' && <TextAnswer item={item} question={question} onEnter={forward} />}
          {item.kind === 'check' && <TickAnswer item={item} />}
          {item.kind === 'initials' && <InitialsAnswer item={item} />}
        </section>
        <section className="k-preview" aria-label={t('kiosk.onPage')}>
          <p className="k-quiet">
            {t('kiosk.stands', {
              page: shown.field.placement.page + 1,
              title: shown.document.title,
            })}
          </p>
          <PlacedPage at={{ document: shown.document, place: shown.field.placement }} bare>
            {(width) => (
              <FieldsOnPage
                document={shown.document}
                page={shown.field.placement.page}
                width={width}
                chosen={item.spots.map((one) => one.field.id)}
              />
            )}
          </PlacedPage>
          {item.spots.length > 1 && (
            <BigButton
              onClick={() => {
                setSpot((spot + 1) % item.spots.length);
              }}
            >
              {t('kiosk.nextSpot', { number: spot + 1, count: item.spots.length })}
            </BigButton>
          )}
        </section>
      </div>
    </Frame>
  );
}

function TextAnswer({
  item,
  question,
  onEnter,
}: {
  item: FillItem;
  question: string;
  onEnter: () => void;
}) {
  const { t } = useTranslation('fields');
  const answer = useFilling((filling) => filling.answer);
  const { field } = item.spots[0];
  const value = useValueOf()(field);
  const touch = useTouch();
  const write = (text: string) => {
    answer(field.id, text);
  };
  return (
    <>
      <label className="k-field">
        <span className="ds-sr-only">{question}</span>
        <input
          type="text"
          value={value}
          maxLength={field.maxLength}
          autoComplete="off"
          spellCheck={false}
          inputMode={touch ? 'none' : 'text'}
          aria-required={field.required}
          aria-describedby="k-fill-left"
          autoFocus
          onChange={(event) => {
            write(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onEnter();
          }}
        />
      </label>
      <p id="k-fill-left" className="k-quiet">
        {t('kiosk.left', { count: field.maxLength - value.length })}
      </p>
      {touch && <ScreenKeyboard value={value} longest={field.maxLength} onChange={write} />}
    </>
  );
}

function TickAnswer({ item }: { item: FillItem }) {
  const { t } = useTranslation('fields');
  const answer = useFilling((filling) => filling.answer);
  const { field } = item.spots[0];
  const on = useValueOf()(field) !== '';
  return (
    <label className="k-tick">
      <input
        type="checkbox"
        checked={on}
        aria-required={field.required}
        autoFocus
        onChange={() => {
          answer(field.id, on ? '' : ticked);
        }}
      />
      <span>
        {field.label}
        <span className="k-quiet">{t(on ? 'kiosk.ticked' : 'kiosk.unticked')}</span>
      </span>
    </label>
  );
}

function InitialsAnswer({ item }: { item: FillItem }) {
  const { t } = useTranslation('fields');
  const { way, strokes, set } = useFilling();
  const value = useValueOf()(item.spots[0].field);
  const ink = useInitialsInk();
  const touch = useTouch();
  const write = (letters: string) => {
    set(() => ({ letters, failure: null }));
  };
  return (
    <>
      {way === 'drawn' ? (
        <div className="k-fill-pad">
          <InkPad disabled={false} dynamics={false} ink={ink} />
        </div>
      ) : (
        <>
          <label className="k-field k-fill-letters">
            {t('kiosk.letters')}
            <input
              type="text"
              value={value}
              maxLength={mostLetters}
              autoComplete="off"
              spellCheck={false}
              inputMode={touch ? 'none' : 'text'}
              onChange={(event) => {
                write(event.target.value);
              }}
            />
          </label>
          {touch && (
            <ScreenKeyboard value={value} longest={mostLetters} writing="name" onChange={write} />
          )}
        </>
      )}
      <div className="k-fill-ways">
        {way === 'drawn' && (
          <BigButton
            disabled={strokes.length === 0}
            onClick={() => {
              set((now) => ({ strokes: now.strokes.slice(0, -1) }));
            }}
          >
            <ArrowUndoIcon aria-hidden="true" />
            {t('kiosk:sign.undo')}
          </BigButton>
        )}
        <BigButton
          onClick={() => {
            set(() => ({ way: way === 'drawn' ? 'typed' : 'drawn', failure: null }));
          }}
        >
          {way === 'typed' && <PencilWritingIcon aria-hidden="true" />}
          {t(way === 'drawn' ? 'kiosk.byLetters' : 'kiosk.byHand')}
        </BigButton>
      </div>
    </>
  );
}
