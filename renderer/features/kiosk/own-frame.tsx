import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BigButton } from './big-button.tsx';
import { Frame } from './frame.tsx';
import type { ScreenProps } from './sitting.tsx';
import { useSitting } from './store.ts';

interface Props extends Pick<ScreenProps, 'view'> {
  readonly title: string;
  readonly under?: string;
  readonly busy?: boolean;
  /** The one way forward, and any other way beside it. */
  readonly forward: ReactNode;
  readonly children: ReactNode;
}

/** The frame of the steps with a card or key file: refusing stays as large as going on. */
export function OwnFrame({ view, title, under, busy = false, forward, children }: Props) {
  const { t } = useTranslation('kiosk');
  const lay = useSitting((sitting) => sitting.lay);
  return (
    <Frame
      step="sign"
      title={title}
      {...(under === undefined ? {} : { under })}
      trial={view.trial}
      where
      actions={
        <>
          <BigButton
            disabled={busy}
            onClick={() => {
              lay('decline');
            }}
          >
            {t('decline.ask')}
          </BigButton>
          {forward}
        </>
      }
    >
      <div className="k-own">{children}</div>
    </Frame>
  );
}
