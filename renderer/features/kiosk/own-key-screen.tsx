/** Sign with one's own key: show it, the clerk compares, then the PIN. One decision at a time. */
import { useState } from 'react';
import { AcceptOwn } from './accept-own.tsx';
import type { OwnKey, ShownOwn } from './own-key.ts';
import { ShowCard } from './show-card.tsx';
import { ShowFile } from './show-file.tsx';
import { SignOwn } from './sign-own.tsx';
import type { ScreenProps } from './sitting.tsx';
import './own-key.css';

type Stage =
  | { readonly at: 'show'; readonly way: 'card' | 'file' }
  | { readonly at: 'accept'; readonly own: OwnKey; readonly shown: ShownOwn }
  | { readonly at: 'sign'; readonly own: OwnKey };

export function OwnKeyScreen(props: ScreenProps) {
  const { ownKeys } = props.view;
  const first = { at: 'show', way: ownKeys.cards ? 'card' : 'file' } as const;
  const [stage, setStage] = useState<Stage>(first);
  const again = () => {
    setStage(first);
  };
  switch (stage.at) {
    case 'show': {
      const onShown = (own: OwnKey, shown: ShownOwn) => {
        setStage(shown.accepted ? { at: 'sign', own } : { at: 'accept', own, shown });
      };
      const to = (way: 'card' | 'file') => () => {
        setStage({ at: 'show', way });
      };
      return stage.way === 'card' ? (
        <ShowCard {...props} onShown={onShown} onFile={ownKeys.keyFiles ? to('file') : null} />
      ) : (
        <ShowFile {...props} onShown={onShown} onCard={ownKeys.cards ? to('card') : null} />
      );
    }
    case 'accept':
      return (
        <AcceptOwn
          {...props}
          shown={stage.shown}
          onAccepted={() => {
            setStage({ at: 'sign', own: stage.own });
          }}
          onAgain={again}
        />
      );
    case 'sign':
      return <SignOwn {...props} own={stage.own} onAgain={again} />;
  }
}
