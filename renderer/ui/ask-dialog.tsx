import { Button, Dialog } from '@digdir/designsystemet-react';
import { useEffect, useId, useRef } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './ask-dialog.css';

/**
 * One question with its answer: a modal with a title, a form, a way out and one button that does it.
 * Escape and the way out both leave everything as it was.
 */
export function AskDialog({
  title,
  confirm,
  danger = false,
  busy = false,
  ready = true,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  confirm: string;
  danger?: boolean;
  busy?: boolean;
  ready?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation('app');
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const shown = dialog.current;
    if (shown !== null && !shown.open) shown.showModal();
  }, []);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (ready && !busy) onConfirm();
  }
  return (
    <Dialog ref={dialog} closeButton={false} aria-labelledby={heading} onClose={onClose}>
      <form className="ask" onSubmit={submit} noValidate>
        <h2 id={heading}>{title}</h2>
        {children}
        <div className="row row-end ask-actions">
          <Button type="button" variant="secondary" onClick={() => dialog.current?.close()}>
            {t('ask.back')}
          </Button>
          <Button
            type="submit"
            {...(danger ? { 'data-color': 'danger' as const } : {})}
            aria-disabled={!ready}
            loading={busy}
          >
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
