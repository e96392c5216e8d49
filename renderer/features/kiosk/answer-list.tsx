/** What the signer has answered, to be looked over before anything is confirmed. */
import { useTranslation } from 'react-i18next';
import type { SigningView } from '../../../shared/rpc/views.ts';
import { useValueOf } from './answers.ts';
import { BigButton } from './big-button.tsx';
import { FieldPreview } from './field-preview.tsx';
import { useFilling } from './filling.ts';
import { itemsOf } from './fills.ts';
import { useSitting } from './store.ts';
import './fill.css';

export function AnswerList({ view }: { view: SigningView }) {
  const { t } = useTranslation('fields');
  const valueOf = useValueOf();
  const set = useFilling((filling) => filling.set);
  const go = useSitting((sitting) => sitting.go);
  const items = itemsOf(view);
  if (items.length === 0) return null;
  return (
    <section className="k-answers" aria-label={t('kiosk.answers')}>
      <h2>{t('kiosk.answers')}</h2>
      <dl>
        {items.map(({ kind, spots: [{ field }] }) => (
          <div key={field.id}>
            <dt>{kind === 'initials' ? t('kind.initials') : field.label}</dt>
            <dd>
              {kind === 'check' ? (
                t(valueOf(field) === '' ? 'kiosk.unticked' : 'kiosk.ticked')
              ) : kind === 'initials' ? (
                <>
                  <span className="ds-sr-only">{valueOf(field)}</span>
                  <span className="k-answer-ink">
                    <FieldPreview field={field} />
                  </span>
                </>
              ) : (
                valueOf(field).trim() || t('kiosk.empty')
              )}
            </dd>
          </div>
        ))}
      </dl>
      <BigButton
        onClick={() => {
          set(() => ({ at: 0 }));
          go('fill');
        }}
      >
        {t('kiosk.change')}
      </BigButton>
    </section>
  );
}
