import { CheckmarkIcon, XMarkIcon } from '@navikt/aksel-icons';

export type Mark = 'signed' | 'turn' | 'waiting' | 'stopped';

/** First letters of the first and the last name: `Ola Nordmann` is `ON`. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0]?.[0] ?? '';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

/** A person in a round: initials while they wait, a tick when they have signed. Decoration beside words. */
export function Initials({ name, mark }: { name: string; mark: Mark }) {
  return (
    <span className="initials" data-mark={mark} aria-hidden="true">
      {mark === 'signed' ? (
        <CheckmarkIcon />
      ) : mark === 'stopped' ? (
        <XMarkIcon />
      ) : (
        initialsOf(name)
      )}
    </span>
  );
}
