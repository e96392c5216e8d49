import { Button } from '@digdir/designsystemet-react';
import type { ReactNode } from 'react';

interface Props {
  /** One on a screen is the way forward; refusing is as large, in white. */
  readonly forward?: boolean;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly describedBy?: string;
  readonly className?: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button for a finger: at least 76 px high, 24 px letters. */
export function BigButton(props: Props) {
  const { forward = false, busy = false, disabled = false, pressed, describedBy } = props;
  return (
    <Button
      className={`k-button ${props.className ?? ''}`}
      variant={forward ? 'primary' : 'secondary'}
      loading={busy}
      // Stays in reach of the keyboard and says why it cannot be pressed.
      aria-disabled={disabled || undefined}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
      onClick={() => {
        if (!disabled && !busy) props.onClick();
      }}
    >
      {props.children}
    </Button>
  );
}
