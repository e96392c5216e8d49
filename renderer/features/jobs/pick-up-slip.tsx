import { Button, Dialog } from '@digdir/designsystemet-react';
import { PrinterSmallIcon } from '@navikt/aksel-icons';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PickUpView } from '../../../shared/rpc/views-access.ts';
import { useSession } from '../../host/session.ts';
import { formatDateTime } from '../../i18n/format.ts';
import './pick-up.css';

/** Four and four: so it is read, said and typed. */
function halves(code: string): readonly string[] {
  return [code.slice(0, 4), code.slice(4)];
}

/** The code, this once, and the slip with it: whose office, how to use it and until when; nobody's name. */
export function PickUpSlip({ made, onClose }: { made: PickUpView; onClose: () => void }) {
  const { t } = useTranslation('jobs');
  const { organisation } = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (shown !== null && !shown.open) shown.showModal();
  }, []);
  return (
    <Dialog
      ref={dialog}
      className="pick-up"
      closeButton={false}
      aria-labelledby="pick-up-title"
      onClose={onClose}
    >
      <div className="stack">
        <article className="pick-up-slip">
          <p className="pick-up-office">{organisation?.name}</p>
          <h2 id="pick-up-title" tabIndex={-1} autoFocus>
            {t('pickUp.slipTitle')}
          </h2>
          <p className="pick-up-code">
            {halves(made.code).map((half, at) => (
              <span key={at}>{half}</span>
            ))}
          </p>
          <p className="pick-up-until">
            {t('pickUp.until', { moment: formatDateTime(made.expires) })}
          </p>
          <p>{t('pickUp.how')}</p>
        </article>
        <p className="muted">{t('pickUp.once')}</p>
        <div className="row row-end">
          <Button variant="secondary" onClick={() => dialog.current?.close()}>
            {t('pickUp.close')}
          </Button>
          <Button
            onClick={() => {
              window.print();
            }}
          >
            <PrinterSmallIcon aria-hidden="true" />
            {t('pickUp.print')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
