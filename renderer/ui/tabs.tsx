import { useRef } from 'react';
import type { KeyboardEvent } from 'react';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly count?: string | undefined;
}

/** Tabs over one panel (WAI-ARIA: arrow keys move and choose, one stop for Tab). */
export function Tabs<Id extends string>({
  label,
  tabs,
  chosen,
  panel,
  onChoose,
}: {
  label: string;
  tabs: readonly Tab<Id>[];
  chosen: Id | null;
  /** The id of the element the tabs control. */
  panel: string;
  onChoose: (id: Id) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  function move(event: KeyboardEvent) {
    const at = tabs.findIndex((tab) => tab.id === chosen);
    const last = tabs.length - 1;
    const next =
      event.key === 'ArrowRight'
        ? (at + 1) % tabs.length
        : event.key === 'ArrowLeft'
          ? (at - 1 + tabs.length) % tabs.length
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? last
              : null;
    const tab = next === null ? undefined : tabs[next];
    if (next === null || tab === undefined) return;
    event.preventDefault();
    onChoose(tab.id);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  }
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
      {tabs.map((tab, index) => {
        const selected = tab.id === chosen;
        return (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${panel}-tab-${tab.id}`}
            aria-selected={selected}
            aria-controls={panel}
            tabIndex={selected || (chosen === null && index === 0) ? 0 : -1}
            onClick={() => {
              onChoose(tab.id);
            }}
          >
            {tab.label}
            {tab.count !== undefined && <span className="count">{tab.count}</span>}
          </button>
        );
      })}
    </div>
  );
}
