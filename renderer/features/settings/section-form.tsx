import { Button } from '@digdir/designsystemet-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';

/** The fields of a section and its one green button. */
export function SectionForm({
  may,
  busy,
  failure,
  action,
  secondary = false,
  onSave,
  children,
}: {
  may: boolean;
  busy: boolean;
  failure: Failure | null;
  /** The button's words; "Lagre" when left out. */
  action?: string;
  /** Another button of the section is the green one. */
  secondary?: boolean;
  onSave: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('settings');
  return (
    <form
      className="stack settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (may && !busy) onSave();
      }}
    >
      {children}
      {failure !== null && <FailureNotice failure={failure} />}
      {may && (
        <div className="row">
          <Button type="submit" variant={secondary ? 'secondary' : 'primary'} loading={busy}>
            {action ?? t('save')}
          </Button>
        </div>
      )}
    </form>
  );
}
