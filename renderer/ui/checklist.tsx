import { Button, Details } from '@digdir/designsystemet-react';
import { CheckmarkCircleFillIcon, CircleIcon } from '@navikt/aksel-icons';
import { useTranslation } from 'react-i18next';
import type { ChecklistItem } from '../../shared/rpc/views.ts';

/** Where in the settings each is put in. */
const sectionOf = {
  'seal-certificate': 'seal',
  'timestamp-authority': 'timestamps',
  'backup-folder': 'backup',
  rehearsal: 'backup',
  'posten-agreement': 'posten',
  'eid-client': 'eid',
} as const satisfies Record<ChecklistItem['code'], string>;

/** What has to be ordered or arranged elsewhere: what it is for, where, how long, and what works till then. */
export function Checklist({
  items,
  onGo,
}: {
  items: readonly ChecklistItem[];
  /** Where the settings can be reached: leads to the section. */
  onGo?: (section: string) => void;
}) {
  const { t } = useTranslation('settings');
  return (
    <ul className="plain checklist">
      {items.map(({ code, done }) => (
        <li key={code} data-done={done || undefined}>
          <Details>
            <Details.Summary>
              {done ? (
                <CheckmarkCircleFillIcon aria-hidden="true" />
              ) : (
                <CircleIcon aria-hidden="true" />
              )}
              <span className="grow">{t(`checklist.${code}.title`)}</span>
              <span className="muted small checklist-when">
                {done ? t('checklist.done') : t(`checklist.${code}.when`)}
              </span>
            </Details.Summary>
            <Details.Content>
              <p>{t(`checklist.${code}.why`)}</p>
              <p>{t(`checklist.${code}.how`)}</p>
              <p className="muted">{t(`checklist.${code}.until`)}</p>
              {onGo !== undefined && (
                <Button
                  variant="secondary"
                  onClick={() => {
                    onGo(sectionOf[code]);
                  }}
                >
                  {t('checklist.go', { section: t(`section.${sectionOf[code]}`) })}
                </Button>
              )}
            </Details.Content>
          </Details>
        </li>
      ))}
    </ul>
  );
}
