import {
  CheckmarkCircleIcon,
  ExclamationmarkTriangleIcon,
  InformationSquareIcon,
  XMarkOctagonIcon,
} from '@navikt/aksel-icons';
import type { ReactNode } from 'react';

export type NoticeTone = 'neutral' | 'green' | 'brass' | 'red';

function sign(tone: NoticeTone) {
  switch (tone) {
    case 'neutral':
      return <InformationSquareIcon aria-hidden="true" />;
    case 'green':
      return <CheckmarkCircleIcon aria-hidden="true" />;
    case 'brass':
      return <ExclamationmarkTriangleIcon aria-hidden="true" />;
    case 'red':
      return <XMarkOctagonIcon aria-hidden="true" />;
  }
}

/** Something worth a line of its own, where it stands. `role` is for what appears after the fact. */
export function Notice({
  tone = 'neutral',
  title,
  role,
  children,
}: {
  tone?: NoticeTone;
  title?: string;
  role?: 'status' | 'alert';
  children?: ReactNode;
}) {
  return (
    <div className="notice" data-tone={tone} role={role}>
      {sign(tone)}
      <div className="notice-words">
        {title !== undefined && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}
