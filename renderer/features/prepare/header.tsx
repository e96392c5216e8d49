import { Button } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../i18n/format.ts';
import { Bell } from '../../ui/bell.tsx';
import { Pill } from '../../ui/pill.tsx';
import { WindowTitle } from '../../ui/window-title.tsx';
import { saveNow } from './saving.ts';
import { stepOrder, usePrepare } from './store.ts';
import { TemplateMark } from './template-mode.tsx';

function SavedPill() {
  const { t } = useTranslation('prepare');
  const saved = usePrepare((state) => state.saved);
  switch (saved.state) {
    case 'saved':
      return (
        <Pill>
          {saved.at === null ? t('saved.draft') : t('saved.at', { time: formatTime(saved.at) })}
        </Pill>
      );
    case 'changed':
    case 'saving':
      return <Pill>{t('saved.saving')}</Pill>;
    case 'failed':
      return <Pill tone="red">{t('saved.failed')}</Pill>;
    case 'conflict':
      return <Pill tone="brass">{t('saved.conflict')}</Pill>;
  }
}

export function Header({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation('prepare');
  const step = usePrepare((state) => state.step);
  const title = usePrepare((state) => state.draft.spec.title);
  const empty = usePrepare((state) => state.documents.length === 0);
  const template = usePrepare((state) => state.template);
  const go = usePrepare((state) => state.go);
  return (
    <header className="prep-head">
      <WindowTitle of={[t(`steps.${step}`), t('title')]} />
      <Bell />
      <h1>{title.trim() === '' ? t('title') : title}</h1>
      {template && <TemplateMark />}
      <span role="status">
        <SavedPill />
      </span>
      <nav className="prep-steps" aria-label={t('steps.label')}>
        <ol className="plain">
          {stepOrder.map((each, index) => (
            <li key={each}>
              <button
                type="button"
                aria-current={each === step ? 'step' : undefined}
                disabled={empty && each !== 'documents'}
                onClick={() => {
                  go(each);
                }}
              >
                {index + 1} {t(`steps.${each}`)}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <Button
        variant="tertiary"
        onClick={() => {
          void saveNow().then(onLeave);
        }}
      >
        {t('leave')}
      </Button>
    </header>
  );
}
