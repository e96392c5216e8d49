/** Our own keyboard: an assigned-access screen has none, and a system's would remember what was typed. */
import { ArrowUpIcon } from '@navikt/aksel-icons';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './screen-keyboard.css';

const letters = ['qwertyuiopå', 'asdfghjkløæ'] as const;
/** A name has no digits: three rows leave room for the page on a low screen. */
const rowsOf = (names: boolean) =>
  names ? [...letters, "zxcvbnm-'"] : ['1234567890-', ...letters, "zxcvbnm,.'"];

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

interface Props {
  readonly value: string;
  readonly longest: number;
  /** Names begin every word with a capital. */
  readonly names?: boolean;
  readonly onChange: (value: string) => void;
}

export function ScreenKeyboard({ value, longest, names = false, onChange }: Props) {
  const { t } = useTranslation('kiosk');
  const [shift, setShift] = useState(false);
  const startsWord = value === '' || (names && /[\s-]$/.test(value));
  const upper = shift !== startsWord;
  const type = (letter: string) => {
    if (value.length < longest) onChange(value + letter);
    setShift(false);
  };
  const rows = rowsOf(names);
  const space = (
    <button
      type="button"
      className="k-key k-key-space"
      onClick={() => {
        type(' ');
      }}
    >
      {t('keyboard.space')}
    </button>
  );
  const key = (letter: string) => {
    const shown = upper ? letter.toLocaleUpperCase() : letter;
    return (
      <button
        key={letter}
        type="button"
        className="k-key"
        onClick={() => {
          type(shown);
        }}
      >
        {shown}
      </button>
    );
  };
  return (
    <div className="k-keyboard" role="group" aria-label={t('keyboard.label')}>
      {rows.map((row, index) => (
        <div key={row} className="k-keys">
          {index === rows.length - 1 && (
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
          )}
          {[...row].map(key)}
          {names && index === rows.length - 1 && space}
          {index === rows.length - 1 && (
            <button
              type="button"
              className="k-key k-key-wide"
              onClick={() => {
                onChange([...value].slice(0, -1).join(''));
              }}
            >
              {t('keyboard.delete')}
            </button>
          )}
        </div>
      ))}
      {!names && <div className="k-keys">{space}</div>}
    </div>
  );
}
