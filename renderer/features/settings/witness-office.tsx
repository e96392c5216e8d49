import { Button } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { KnownOffice, WitnessAlarm } from '../../../shared/witness.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pill } from '../../ui/pill.tsx';
import { useSave } from './use-save.ts';

/** Another office as we know it: by its seal's key, and by what we have seen of its log. */
export function WitnessOffice({ office }: { office: KnownOffice }) {
  const { t } = useTranslation('settings');
  const { alarm, last, pin } = office;
  return (
    <div className="certificate">
      <div className="row row-between">
        <h4>
          {office.name} ({office.number})
        </h4>
        {pin.trial && <Pill tone="trial">{t('app:trial.mark')}</Pill>}
      </div>
      {alarm !== null && <Alarm office={office} alarm={alarm} />}
      <dl className="facts">
        <dt>{t('witness.officeSince')}</dt>
        <dd>{formatDateTime(office.since)}</dd>
        <dt>{t('witness.officeLast')}</dt>
        <dd>
          {last === null
            ? t('witness.officeNothing')
            : t('witness.officeSeen', {
                seq: formatNumber(last.seq),
                at: formatDateTime(last.at),
              })}
        </dd>
        <dt>{t('certificate.fingerprint')}</dt>
        <dd>
          <code>{pin.fingerprint}</code>
        </dd>
      </dl>
    </div>
  );
}

function Alarm({ office, alarm }: { office: KnownOffice; alarm: WitnessAlarm }) {
  const { t } = useTranslation('settings');
  const { busy, failure, save } = useSave();
  const words = failureWords({ code: alarm.code, message: '' });
  const isWrong = alarm.code === 'witness.history-rewritten';
  return (
    <Notice tone={isWrong ? 'red' : 'brass'} title={words.what}>
      <p>{words.means}</p>
      <p>{words.action}</p>
      <p>
        {t('witness.alarmAt', {
          at: formatDateTime(alarm.at),
          seq: formatNumber(alarm.head.seq),
        })}
      </p>
      {alarm.code === 'witness.key-changed' && (
        <p>
          {t('witness.newFingerprint')} <code>{alarm.pin.fingerprint}</code>
        </p>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      {!isWrong && (
        <div className="row">
          <Button
            variant="secondary"
            loading={busy}
            onClick={() =>
              void save(
                'settings.acceptWitness',
                { office: office.number, at: alarm.at },
                t('witness.accepted'),
              )
            }
          >
            {t('witness.accept')}
          </Button>
        </div>
      )}
    </Notice>
  );
}
