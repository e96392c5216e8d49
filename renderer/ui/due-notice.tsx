import { Button } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { CertificateDue } from '../../shared/rpc/views.ts';
import { formatDate } from '../i18n/format.ts';
import { Notice } from './notice.tsx';

/** A certificate that runs out: which, when, and what to order. Louder with each step. */
export function DueNotice({ due, onDismiss }: { due: CertificateDue; onDismiss?: () => void }) {
  const { t } = useTranslation('app');
  const { of, subject, issuer, notAfter, daysLeft, step } = due;
  const what = t(`due.of.${of}`);
  const title =
    step === 0
      ? t('due.over', { what })
      : daysLeft === 0
        ? t('due.today', { what })
        : t('due.soon', { what, count: daysLeft });
  return (
    <Notice tone={step === 0 ? 'red' : step === 90 ? 'neutral' : 'brass'} title={title}>
      <p>
        {t('due.until', { subject, day: formatDate(notAfter) })}{' '}
        {t(`due.action.${of}`, { issuer: commonName(issuer) })}
      </p>
      {step === 0 && of === 'seal' && <p>{t('due.expiredSeal')}</p>}
      {onDismiss !== undefined && (
        <div className="row">
          <Button variant="tertiary" onClick={onDismiss}>
            {t('due.dismiss')}
          </Button>
        </div>
      )}
    </Notice>
  );
}

/** The name in a distinguished name; all of it where there is no common name. */
export function commonName(name: string): string {
  const found = /(?:^|,)\s*CN=((?:\\.|[^,\\])+)/.exec(name)?.[1];
  return found === undefined ? name : found.replace(/\\(.)/g, '$1').trim();
}
