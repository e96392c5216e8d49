import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'green' | 'brass' | 'red' | 'trial';

/** A state in words. The tone only underlines what the words say: no colour alone. */
export function Pill({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className="pill" data-tone={tone}>
      {children}
    </span>
  );
}
