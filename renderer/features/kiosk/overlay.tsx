import { useId, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { StandInNote, standInFor } from './stand-in.tsx';
import './overlay.css';

interface Props {
  readonly title: string;
  /** Fills the screen rather than asking in its middle. */
  readonly wide?: boolean;
  readonly role?: 'alertdialog';
  /** What is answered here counts: in words that somebody has answered for. */
  readonly legal?: boolean;
  /** Escape; what the harmless answer does. */
  readonly onBack: () => void;
  readonly children: ReactNode;
  readonly actions: ReactNode;
}

/** A question over the screen: nothing behind it can be reached until it is answered. */
export function Overlay(props: Props) {
  const { title, wide = false, role, legal = false, onBack, children, actions } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Before it is drawn: a key that comes with its first frame is its own.
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown === null || shown.open) return;
    shown.showModal();
    // One thing to write is where the hands go; else those who hear the screen start at its title.
    const [field, ...more] = shown.querySelectorAll<HTMLElement>('input:not([type=radio])');
    if (field !== undefined && more.length === 0) field.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="kiosk k-over"
      data-wide={wide}
      role={role}
      {...standInFor(legal)}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onBack();
      }}
    >
      <h2 id={heading} tabIndex={-1} autoFocus>
        {title}
      </h2>
      <div className="k-over-body">
        {legal && <StandInNote />}
        {children}
      </div>
      <div className="k-over-actions">{actions}</div>
    </dialog>
  );
}
