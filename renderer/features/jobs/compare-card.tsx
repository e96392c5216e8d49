/** An advanced signer's card, read before the hand-over: what is compared here is not asked for again. */
import { Button, Checkbox } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nameMatch } from '../../../shared/job/name-match.ts';
import { chosenFrom } from './card-draft.ts';
import { CardInReader, useReaders } from './card-in-reader.tsx';

interface Props {
  readonly wanted: string;
  /** The certificate that the clerk says is this person's. */
  readonly compared: string | null;
  readonly onCompared: (certificate: string | null) => void;
}

export function CompareCard(props: Props) {
  const { t } = useTranslation('jobs');
  const [reading, setReading] = useState(false);
  return reading ? (
    <Reading {...props} />
  ) : (
    <div className="stack-tight">
      <p className="muted">{t('compare.help')}</p>
      <div>
        <Button
          type="button"
          variant="secondary"
          onClick={() => {
            setReading(true);
          }}
        >
          {t('compare.read')}
        </Button>
      </div>
    </div>
  );
}

function Reading({ wanted, compared, onCompared }: Props) {
  const { t } = useTranslation('jobs');
  const readers = useReaders();
  const [picked, setPicked] = useState<string | null>(null);
  const chosen = chosenFrom(readers, picked);
  const fits = chosen !== undefined && nameMatch(wanted, chosen.certificate.name) !== 'different';
  return (
    <div className="stack-tight">
      <CardInReader
        readers={readers}
        chosen={chosen}
        wanted={wanted}
        onChoose={(certificate) => {
          setPicked(certificate);
          onCompared(null);
        }}
      />
      {fits && (
        <Checkbox
          label={t('compare.theirs', { name: wanted })}
          description={t('compare.theirsHelp')}
          checked={compared === chosen.certificate.id}
          onChange={(event) => {
            onCompared(event.target.checked ? chosen.certificate.id : null);
          }}
        />
      )}
    </div>
  );
}
