/** Two hands on one draft: what each changed, and whose is kept. Nothing is chosen by closing it. */
import { Button, Dialog } from '@digdir/designsystemet-react';
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatList } from '../../i18n/format.ts';
import { changedParts } from './same-as-archived.ts';
import { choose } from './saving.ts';
import { usePrepare } from './store.ts';
import type { Draft } from './store.ts';
import './conflict-dialog.css';

export function ConflictDialog({ theirs }: { theirs: Draft }) {
  const { t } = useTranslation('prepare');
  const mine = usePrepare((state) => state.draft);
  const base = usePrepare((state) => state.base);
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const open = () => {
    if (dialog.current?.open === false) dialog.current.showModal();
  };
  useEffect(open, []);
  const parts = (draft: Draft) =>
    formatList(changedParts(draft, base).map((part) => t(`conflict.part.${part}`)));
  return (
    // Escape leaves it undecided, and an undecided draft is not saved: it is asked again.
    <Dialog ref={dialog} closeButton={false} aria-labelledby={heading} onClose={open}>
      <div className="ask">
        <h2 id={heading}>{t('conflict.title')}</h2>
        <p>{t('conflict.text')}</p>
        <dl className="prep-conflict">
          <dt>{t('conflict.there')}</dt>
          <dd>{parts(theirs)}</dd>
          <dt>{t('conflict.here')}</dt>
          <dd>{parts(mine)}</dd>
        </dl>
        <p className="muted">{t('conflict.undo')}</p>
        <div className="row row-end ask-actions">
          <Button
            variant="secondary"
            onClick={() => {
              choose('theirs');
            }}
          >
            {t('conflict.theirs')}
          </Button>
          <Button
            onClick={() => {
              choose('mine');
            }}
          >
            {t('conflict.mine')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
