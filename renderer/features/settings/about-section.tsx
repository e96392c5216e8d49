import { useTranslation } from 'react-i18next';
import { useSession } from '../../host/session.ts';
import type { SectionProps } from './settings.tsx';

export function AboutSection({ settings }: SectionProps) {
  const { t } = useTranslation('settings');
  const { version, host } = useSession();
  return (
    <dl className="facts">
      <dt>{t('about.version')}</dt>
      <dd>{version}</dd>
      <dt>{t('about.host')}</dt>
      <dd>{t(`about.${host}`)}</dd>
      <dt>{t('about.dataFolder')}</dt>
      <dd>{settings.dataFolder}</dd>
    </dl>
  );
}
