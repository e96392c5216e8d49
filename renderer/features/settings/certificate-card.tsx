import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateSummary } from '../../../shared/report.ts';
import { formatDate } from '../../i18n/format.ts';
import { commonName } from '../../ui/due-notice.tsx';
import { Pill } from '../../ui/pill.tsx';

/** A certificate in words; what it is told apart by stands one click deeper. */
export function CertificateCard({
  certificate,
  facts,
  action,
}: {
  certificate: CertificateSummary;
  facts?: ReactNode;
  action?: ReactNode;
}) {
  const { t } = useTranslation('settings');
  return (
    <div className="certificate">
      <div className="row row-between">
        <h3>{certificate.subject}</h3>
        {certificate.trial && <Pill tone="trial">{t('app:trial.mark')}</Pill>}
        {action}
      </div>
      <dl className="facts">
        <dt>{t('certificate.issuer')}</dt>
        <dd>{commonName(certificate.issuer)}</dd>
        <dt>{t('certificate.valid')}</dt>
        <dd>
          {t('certificate.fromTo', {
            from: formatDate(certificate.notBefore),
            to: formatDate(certificate.notAfter),
          })}
        </dd>
        {facts}
      </dl>
      <details className="certificate-more small">
        <summary>{t('certificate.more')}</summary>
        <dl className="facts">
          <dt>{t('certificate.issuerWhole')}</dt>
          <dd>{certificate.issuer}</dd>
          <dt>{t('certificate.serial')}</dt>
          <dd>
            <code>{certificate.serial}</code>
          </dd>
          <dt>{t('certificate.fingerprint')}</dt>
          <dd>
            <code>{certificate.fingerprint}</code>
          </dd>
        </dl>
      </details>
    </div>
  );
}
