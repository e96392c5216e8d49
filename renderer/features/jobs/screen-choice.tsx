import { Button, Fieldset, Radio } from '@digdir/designsystemet-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { ScreenView } from '../../../shared/rpc/views-screen.ts';
import { call, useCall } from '../../host/client.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { screenName } from '../../ui/screen-name.ts';

export interface ScreenChoice {
  readonly screens: readonly ScreenView[];
  /** Null: the clerk's own screen. */
  readonly chosen: string | null;
  readonly choose: (screen: string | null) => void;
}

const isFree = (screen: ScreenView) => screen.here && screen.holding === null;

/** Where the signer is called to: a kiosk that rests, if there is one. */
export function useScreenChoice(): ScreenChoice {
  const { value } = useCall('screen.list', {}, (event) => event.type === 'screens.changed');
  const [picked, setPicked] = useState<string | null | undefined>(undefined);
  const screens = value ?? [];
  const free = screens.filter(isFree);
  // One that has gone meanwhile is not chosen any more.
  const chosen =
    picked === null || free.some(({ id }) => id === picked) ? picked : (free[0]?.id ?? null);
  return { screens, chosen: chosen ?? null, choose: setPicked };
}

/** Opens a window that is a kiosk alone; a browser opens it at its one-time address. */
async function open(): Promise<Failure | null> {
  const answer = await call('screen.open', {});
  if (!answer.ok) return answer.error;
  const { go } = answer.value;
  if (go !== null) window.open(go, '_blank', 'noopener,popup,width=1080,height=800');
  return null;
}

function stateOf(screen: ScreenView): 'free' | 'busy' | 'away' {
  if (screen.holding !== null) return 'busy';
  return screen.here ? 'free' : 'away';
}

export function ScreenChoicePart({ choice }: { choice: ScreenChoice }) {
  const { t } = useTranslation('pairing');
  const { screens, chosen, choose } = choice;
  const name = useId();
  const [opening, setOpening] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const count = screens.length;
  useEffect(() => {
    setOpening(false);
  }, [count]);
  return (
    <div className="stack-tight">
      <Fieldset>
        <Fieldset.Legend>{t('choice.title')}</Fieldset.Legend>
        {[...screens].map((screen) => (
          <Radio
            key={screen.id}
            name={name}
            value={screen.id}
            label={screenName(screen)}
            description={t(`choice.${stateOf(screen)}`)}
            disabled={!isFree(screen)}
            checked={chosen === screen.id}
            onChange={() => {
              choose(screen.id);
            }}
          />
        ))}
        <Radio
          name={name}
          value="here"
          label={t('choice.here')}
          description={t('choice.hereHelp')}
          checked={chosen === null}
          onChange={() => {
            choose(null);
          }}
        />
      </Fieldset>
      {failure !== null && <FailureNotice failure={failure} />}
      <div>
        <Button
          type="button"
          variant="secondary"
          loading={opening}
          onClick={() => {
            setOpening(true);
            void open().then((refused) => {
              setFailure(refused);
              if (refused !== null) setOpening(false);
            });
          }}
        >
          {t('choice.open')}
        </Button>
      </div>
    </div>
  );
}
