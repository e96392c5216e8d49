import { CheckmarkCircleIcon, XMarkIcon } from '@navikt/aksel-icons';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action: ToastAction | undefined;
}

/** The way back from what was done. */
export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

interface Toasts {
  readonly toasts: readonly Toast[];
  readonly add: (text: string, action?: ToastAction) => void;
  readonly remove: (id: number) => void;
}

/** Milliseconds; a way back needs time to be read (WCAG 2.2.1). */
const shownFor = 6_000;
const shownForUndo = 20_000;

let next = 1;

const useToasts = create<Toasts>((set) => ({
  toasts: [],
  add: (text, action) => {
    const id = next++;
    // One at a time: what was said before is done with.
    set({ toasts: [{ id, text, action }] });
  },
  remove: (id) => {
    set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
  },
}));

/** Says that something went well. Failures are never toasts: they stand where they happened. */
export function toast(text: string, action?: ToastAction): void {
  useToasts.getState().add(text, action);
}

function OneToast({ toast: { id, text, action } }: { toast: Toast }) {
  const { t } = useTranslation('app');
  const remove = useToasts((state) => state.remove);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        remove(id);
      },
      action === undefined ? shownFor : shownForUndo,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [id, remove, action]);
  return (
    <li className="toast">
      <CheckmarkCircleIcon aria-hidden="true" />
      <span>{text}</span>
      {action !== undefined && (
        <button
          type="button"
          className="toast-action"
          onClick={() => {
            remove(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        aria-label={t('toast.close')}
        onClick={() => {
          remove(id);
        }}
      >
        <XMarkIcon aria-hidden="true" fontSize="1.5rem" />
      </button>
    </li>
  );
}

/** The corner where toasts appear; spoken politely. Mounted once. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div role="status" aria-live="polite">
      <ul className="toasts plain">
        {toasts.map((each) => (
          <OneToast key={each.id} toast={each} />
        ))}
      </ul>
    </div>
  );
}
