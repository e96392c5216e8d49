/** The clerk's own card under their statement: the PIN once, on the reader where that has keys. */
import { Checkbox, Textfield } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import { nameMatch } from '../../../shared/job/name-match.ts';
import { Notice } from '../../ui/notice.tsx';
import { chosenFrom, emptyCardDraft, type CardDraft, type Readers } from './card-draft.ts';
import { CardInReader } from './card-in-reader.tsx';

export function AttestCard({
  readers,
  draft,
  clerk,
  onChange,
}: {
  readers: Readers;
  draft: CardDraft;
  clerk: string;
  onChange: (draft: CardDraft) => void;
}) {
  const { t } = useTranslation('jobs');
  const chosen = chosenFrom(readers, draft.certificate);
  const fits = chosen !== undefined && nameMatch(clerk, chosen.certificate.name) !== 'different';
  return (
    <>
      <CardInReader
        readers={readers}
        chosen={chosen}
        wanted={clerk}
        onChoose={(certificate) => {
          onChange({ ...emptyCardDraft, certificate });
        }}
      />
      {fits && chosen.card.tries === 'low' && <p>{t('card.triesLow')}</p>}
      {fits && chosen.card.tries === 'last' && (
        <Notice tone="brass" title={t('card.triesLast')}>
          <Checkbox
            label={t('card.triesLastKnown')}
            checked={draft.lastTry}
            onChange={(event) => {
              onChange({ ...draft, lastTry: event.target.checked });
            }}
          />
        </Notice>
      )}
      {fits &&
        (chosen.card.pinPad ? (
          <p>{t('card.pinPad')}</p>
        ) : (
          <Textfield
            label={t('card.pin')}
            description={t('card.pinHelp')}
            type="password"
            inputMode="numeric"
            autoComplete="off"
            maxLength={12}
            value={draft.pin}
            onChange={(event) => {
              onChange({ ...draft, pin: event.target.value });
            }}
          />
        ))}
    </>
  );
}
