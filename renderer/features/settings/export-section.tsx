import { Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

export function ExportSection({ settings, may }: SectionProps) {
  const { t } = useTranslation('settings');
  const [folder, setFolder] = useState(settings.exportFolder);
  const { busy, failure, save } = useSave();
  return (
    <SectionForm
      may={may}
      busy={busy}
      failure={failure}
      onSave={() => void save('settings.export', { folder: folder.trim() })}
    >
      <Textfield
        label={t('export.folder')}
        description={t('export.folderHelp')}
        spellCheck={false}
        maxLength={1000}
        readOnly={!may}
        value={folder}
        onChange={(event) => {
          setFolder(event.target.value);
        }}
      />
    </SectionForm>
  );
}
