import { CheckmarkCircleIcon, XMarkIcon } from '@navikt/aksel-icons';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';

interface Toast {
  readonly id: number;
  readonly text: string;
}

interface Toasts {
  readonly toasts: readonly Toast[];
  readonly add: (text: string) => void;
  readonly remove: (id: number) => void;
}

let next = 1;

const useToasts = create<Toasts>((set) => ({
  toasts: [],
  add: (text) => {
    const id = next++;
    // One at a time: what was said before is done with.
    set({ toasts: [{ id, text }] });
  },
  remove: (id) => {
    set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
  },
}));

/** Says that something went well. Failures are never toasts: they stand where they happened. */
export function toast(text: string): void {
  useToasts.getState().add(text);
}

function OneToast({ toast: { id, text } }: { toast: Toast }) {
  const { t } = useTranslation('app');
  const remove = useToasts((state) => state.remove);
  useEffect(() => {
    const timer = setTimeout(() => {
      remove(id);
    }, 6000);
    return () => {
      clearTimeout(timer);
    };
  }, [id, remove]);
  return (
    <li className="toast">
      <CheckmarkCircleIcon aria-hidden="true" />
      <span>{text}</span>
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
