/** What goes to the printer instead of the window: laid beside it, out of sight, and gone afterwards. */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import './print-sheet.css';

export function PrintSheet({
  ready,
  onDone,
  children,
}: {
  /** Everything stands on it. */
  ready: boolean;
  /** The printer's own dialog was closed, whatever was chosen there: the browser does not tell. */
  onDone: () => void;
  children: ReactNode;
}) {
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });
  useEffect(() => {
    if (!ready) return;
    const after = () => {
      done.current();
    };
    window.addEventListener('afterprint', after, { once: true });
    window.print();
    return () => {
      window.removeEventListener('afterprint', after);
    };
  }, [ready]);
  return createPortal(
    <div className="print-sheet-pages" aria-hidden="true">
      {children}
    </div>,
    document.body,
  );
}
