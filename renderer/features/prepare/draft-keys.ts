import { useEffect } from 'react';
import { chooseAll } from './fields.ts';
import { usePrepare } from './store.ts';

/** Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z; Ctrl+A for the fields of the page. Inside a text field they are the field's own. */
export function useDraftKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const inText =
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea, select, [contenteditable]') !== null;
      if (inText) return;
      const key = event.key.toLowerCase();
      const { undo, redo, step } = usePrepare.getState();
      if (key === 'z' && !event.shiftKey) undo();
      else if (key === 'y' || (key === 'z' && event.shiftKey)) redo();
      else if (key === 'a' && step === 'signers') chooseAll();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  }, []);
}
