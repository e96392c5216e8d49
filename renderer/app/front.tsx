import type { ReactNode } from 'react';
import { Bell } from '../ui/bell.tsx';
import { LanguageSwitch } from './language-switch.tsx';

/** The face before the desk: a spruce wall with the bell, and one question on paper beside it. */
export function Front({ aside, children }: { aside: ReactNode; children: ReactNode }) {
  return (
    <div className="front">
      <aside className="front-wall">
        <div className="front-name">
          <Bell size={40} />
          <strong>Skranke</strong>
        </div>
        {aside}
        <LanguageSwitch />
      </aside>
      <main className="front-main">
        <div className="front-sheet">{children}</div>
      </main>
    </div>
  );
}
