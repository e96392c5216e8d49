/** Ctrl+K: what can be done and the jobs there are, found by typing. At the desk alone, never at the kiosk. */
import { Dialog } from '@digdir/designsystemet-react';
import { useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../host/client.ts';
import { useMay } from '../host/session.ts';
import './palette.css';

export interface PaletteAction {
  readonly id: string;
  readonly label: string;
  readonly keys?: string | undefined;
  readonly run: () => void;
}

/** Every word that was typed begins a word of the action. */
export function fits(label: string, typed: string): boolean {
  const words = label.toLocaleLowerCase().split(/[^\p{L}\p{N}]+/u);
  return typed
    .toLocaleLowerCase()
    .split(/\s+/u)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)));
}

export function Palette({
  actions,
  onJob,
  onClose,
}: {
  actions: readonly PaletteAction[];
  onJob: (job: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('palette');
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const asked = useDeferredValue(typed.trim());
  const reads = useMay('handler', 'records', 'reader');
  const found = useCall('job.list', reads && asked !== '' ? { limit: 8, search: asked } : null);
  const jobs: readonly PaletteAction[] =
    asked === ''
      ? []
      : (found.value?.rows ?? []).map(({ id, title, caseNumber, reference, tab }) => ({
          id,
          label: title === '' ? t('jobs:row.untitled') : title,
          keys: [caseNumber || reference, t(`jobs:tab.${tab}`)].filter(Boolean).join(' · '),
          run: () => {
            onJob(id);
          },
        }));
  const shown = [...actions.filter(({ label }) => fits(label, typed)), ...jobs];
  const firstJob = shown.length - jobs.length;
  const chosen = Math.min(at, shown.length - 1);
  useEffect(() => {
    const node = dialog.current;
    if (node !== null && !node.open) node.showModal();
  }, []);
  useEffect(() => {
    document.getElementById(`${list}-${String(chosen)}`)?.scrollIntoView({ block: 'nearest' });
  }, [list, chosen]);
  function choose(action: PaletteAction | undefined) {
    if (action === undefined) return;
    dialog.current?.close();
    action.run();
  }
  function onKey(event: KeyboardEvent) {
    const last = shown.length - 1;
    const next =
      event.key === 'ArrowDown'
        ? Math.min(last, chosen + 1)
        : event.key === 'ArrowUp'
          ? Math.max(0, chosen - 1)
          : null;
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(shown[chosen]);
    } else if (next !== null) {
      event.preventDefault();
      setAt(next);
    }
  }
  return (
    <Dialog
      ref={dialog}
      className="palette"
      closeButton={false}
      aria-label={t('title')}
      onClose={onClose}
    >
      <input
        className="palette-input"
        type="text"
        role="combobox"
        aria-label={t('field')}
        aria-expanded={shown.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown.length > 0 ? `${list}-${String(chosen)}` : undefined}
        placeholder={t('field')}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={typed}
        onKeyDown={onKey}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
      />
      <ul className="plain palette-list" role="listbox" id={list} aria-label={t('title')}>
        {shown.map((action, index) => (
          <li
            key={action.id}
            id={`${list}-${String(index)}`}
            role="option"
            aria-selected={index === chosen}
            data-job={index >= firstJob || undefined}
            onClick={() => {
              choose(action);
            }}
          >
            <span className="grow">{action.label}</span>
            {action.keys !== undefined && <span className="small muted">{action.keys}</span>}
          </li>
        ))}
      </ul>
      <p className="small muted palette-foot" role="status">
        {shown.length === 0 ? t('none') : t('foot')}
      </p>
    </Dialog>
  );
}
