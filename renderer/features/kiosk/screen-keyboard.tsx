/** Our own keyboard: an assigned-access screen has none, and a system's would remember what was typed. */
import { ArrowUpIcon } from '@navikt/aksel-icons';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddedLanguages } from '../../i18n/i18n.ts';
import { ownLetters, pagesOf } from './key-rows.ts';
import type { Writing } from './key-rows.ts';
import './screen-keyboard.css';

/** Whether the last pointer was a finger or pen; a screen without a mouse begins as one. */
export function useTouch(): boolean {
  const [touch, setTouch] = useState(() => matchMedia('(pointer: coarse)').matches);
  useEffect(() => {
    const look = (event: PointerEvent) => {
      setTouch(event.pointerType !== 'mouse');
    };
    window.addEventListener('pointerdown', look, { passive: true, capture: true });
    return () => {
      window.removeEventListener('pointerdown', look, { capture: true });
    };
  }, []);
  return touch;
}

const hand = matchMedia('(width < 560px)');

/** A screen so narrow that eleven keys beside each other are too small for a thumb. */
function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      hand.addEventListener('change', changed);
      return () => {
        hand.removeEventListener('change', changed);
      };
    },
    () => hand.matches,
  );
}

interface Props {
  readonly value: string;
  readonly longest: number;
  /** Names begin every word with a capital, texts the first; addresses and secrets none. */
  readonly writing?: Writing;
  readonly onChange: (value: string) => void;
}

export function ScreenKeyboard({ value, longest, writing = 'text', onChange }: Props) {
  const { t } = useTranslation('kiosk');
  const [shift, setShift] = useState(false);
  const [turned, setTurned] = useState(0);
  const keyboard = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const added = useAddedLanguages();
  const pages = useMemo(
    () => pagesOf(writing, ownLetters(added.flatMap(({ texts }) => Object.values(texts))), narrow),
    [writing, added, narrow],
  );
  const page = turned % pages.length;
  const others = [...(pages[(page + 1) % pages.length] ?? []).join('')].slice(0, 3).join('');
  // What is typed stands above it: both are in sight when the keys come.
  useEffect(() => {
    keyboard.current?.scrollIntoView({ block: 'end' });
  }, []);
  const begins =
    (writing === 'name' || writing === 'text') &&
    (value === '' || (writing === 'name' && /[\s-]$/.test(value)));
  const upper = shift !== begins;
  const type = (key: string) => {
    if (value.length + key.length <= longest) onChange(value + key);
    setShift(false);
  };
  return (
    <div ref={keyboard} className="k-keyboard" role="group" aria-label={t('keyboard.label')}>
      {pages[page]?.map((row) => (
        <div key={row} className="k-keys">
          {[...row].map((key) => {
            // No letter of two: ß stays as it is.
            const capital = key.toLocaleUpperCase();
            const shown = upper && [...capital].length === 1 ? capital : key;
            return (
              <button
                key={key}
                type="button"
                className="k-key"
                onClick={() => {
                  type(shown);
                }}
              >
                {shown}
              </button>
            );
          })}
        </div>
      ))}
      <div className="k-keys">
        <button
          type="button"
          className="k-key k-key-wide"
          aria-label={t('keyboard.shift')}
          aria-pressed={shift}
          onClick={() => {
            setShift(!shift);
          }}
        >
          <ArrowUpIcon aria-hidden="true" />
        </button>
        {pages.length > 1 && (
          <button
            type="button"
            className="k-key k-key-wide"
            aria-label={t('keyboard.others', { letters: others })}
            onClick={() => {
              setTurned(page + 1);
            }}
          >
            {others}
          </button>
        )}
        {writing !== 'email' && (
          <button
            type="button"
            className="k-key k-key-space"
            onClick={() => {
              type(' ');
            }}
          >
            {t('keyboard.space')}
          </button>
        )}
        <button
          type="button"
          className="k-key k-key-wide"
          onClick={() => {
            onChange([...value].slice(0, -1).join(''));
          }}
        >
          {t('keyboard.delete')}
        </button>
      </div>
    </div>
  );
}
