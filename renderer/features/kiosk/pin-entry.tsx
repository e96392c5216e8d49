/** A PIN by fingers or keys: the field and, beside it, the digits. */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetDigits, isDigit, isTyping, useTypedAhead } from '../../ui/typed-ahead.ts';
import { BigButton } from './big-button.tsx';
import './pin-pad.css';

export const shortestPin = 4;
const longestPin = 8;
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;

interface Props {
  readonly label: string;
  readonly pin: string;
  /** Of the clerk's own where absent. */
  readonly longest?: number;
  /** What is read off a slip of paper may be seen while it is typed. */
  readonly shown?: boolean;
  readonly onChange: (pin: string) => void;
  readonly onEnter: () => void;
  /** Under the field, beside the digits. */
  readonly children?: ReactNode;
}

export function PinEntry(props: Props) {
  const { label, pin, longest = longestPin, shown = false, onChange, onEnter, children } = props;
  const { t } = useTranslation('kiosk');
  const field = useRef<HTMLInputElement>(null);
  const empty = pin === '';
  useEffect(() => {
    // A wrong one was cleared: the next is typed where the hands are.
    if (empty) field.current?.focus();
  }, [empty]);
  useTypedAhead(onChange);
  useEffect(() => {
    // The hands went from the screen's digits to the keyboard's: the key lands in the field all the same.
    const type = (event: KeyboardEvent) => {
      if (isTyping(event.target) || !(isDigit(event) || event.key === 'Backspace')) return;
      field.current?.focus();
      forgetDigits();
    };
    window.addEventListener('keydown', type);
    return () => {
      window.removeEventListener('keydown', type);
    };
  }, []);
  return (
    <form
      className="k-pin"
      onSubmit={(event) => {
        event.preventDefault();
        onEnter();
      }}
    >
      <div className="k-pin-field">
        <label className="k-field">
          {label}
          <input
            ref={field}
            type={shown ? 'text' : 'password'}
            inputMode="none"
            autoComplete="off"
            autoFocus
            value={pin}
            maxLength={longest}
            onChange={(event) => {
              onChange(event.target.value.replace(/\D/g, ''));
            }}
          />
        </label>
        {children}
      </div>
      <div className="k-digits">
        {digits.map((digit) => (
          <BigButton
            key={digit}
            onClick={() => {
              onChange((pin + digit).slice(0, longest));
            }}
          >
            {digit}
          </BigButton>
        ))}
        <BigButton
          onClick={() => {
            onChange(pin.slice(0, -1));
          }}
        >
          {t('keyboard.delete')}
        </BigButton>
      </div>
    </form>
  );
}
