import { Button } from '@digdir/designsystemet-react';
import { PlusIcon } from '@navikt/aksel-icons';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { accepted } from './drop-everywhere.tsx';
import { useImports } from './imports.ts';

/** The file dialog, for those who do not drag. */
export function ChooseFiles({ job, first = false }: { job: string; first?: boolean }) {
  const { t } = useTranslation('prepare');
  const add = useImports((state) => state.add);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        variant={first ? 'primary' : 'secondary'}
        className={first ? 'large' : 'wide'}
        onClick={() => input.current?.click()}
      >
        <PlusIcon aria-hidden="true" />
        {first ? t('drop.choose') : t('drop.more')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={accepted}
        aria-label={t('drop.choose')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) add(job, files);
        }}
      />
    </>
  );
}
