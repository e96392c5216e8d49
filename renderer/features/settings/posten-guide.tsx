/** What has to be ordered, where, and in which order; it takes days, and differs by sector. */
import { useTranslation } from 'react-i18next';
import type { Sector } from '../../../shared/job/job.ts';

const steps: Readonly<Record<Sector, readonly string[]>> = {
  public: ['certificate', 'agreement', 'access', 'test', 'production'],
  private: ['certificate', 'register', 'access', 'test', 'production'],
};

export function PostenGuide({ sector, open }: { sector: Sector; open: boolean }) {
  const { t } = useTranslation('settings');
  return (
    <details className="settings-more" open={open}>
      <summary>{t(`posten.guide.${sector}.title`)}</summary>
      <ol className="posten-guide">
        {steps[sector].map((step) => (
          <li key={step}>
            <strong>{t(`posten.guide.${sector}.${step}.what`)}</strong>
            <p>{t(`posten.guide.${sector}.${step}.how`)}</p>
          </li>
        ))}
      </ol>
    </details>
  );
}
