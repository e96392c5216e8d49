import { Button } from '@digdir/designsystemet-react';
import { CloudUpIcon } from '@navikt/aksel-icons';
import { useTranslation } from 'react-i18next';
import type { ArchiveStatsView } from '../../../shared/rpc/views.ts';
import { useMay } from '../../host/session.ts';
import { daysFromToday, formatMoment } from '../../i18n/format.ts';
import { Pill } from '../../ui/pill.tsx';

/** Whether a dead machine would cost anything; where to mend it for those who may. */
export function BackupCard({
  stats,
  onSettings,
}: {
  stats: ArchiveStatsView | null;
  onSettings: (section: string) => void;
}) {
  const { t } = useTranslation('archive');
  const admin = useMay('admin');
  if (stats === null) return null;
  const { lastBackup } = stats;
  const old = lastBackup === null || daysFromToday(lastBackup) < -7;
  return (
    <section className="panel panel-body archive-card" aria-labelledby="backup-title">
      <h2 id="backup-title">
        <CloudUpIcon aria-hidden="true" />
        {t('backup.title')}
        <Pill tone={old ? 'brass' : 'green'}>
          {lastBackup === null ? t('backup.none') : old ? t('backup.old') : t('backup.fresh')}
        </Pill>
      </h2>
      <p className="muted">
        {lastBackup === null
          ? t('backup.noneText')
          : t('backup.last', { moment: formatMoment(lastBackup) })}
      </p>
      {admin && (
        <Button
          variant="secondary"
          className="wide"
          onClick={() => {
            onSettings('backup');
          }}
        >
          {t('backup.settings')}
        </Button>
      )}
    </section>
  );
}
