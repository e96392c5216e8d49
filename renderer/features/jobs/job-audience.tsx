import { Button } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/job/job.ts';
import { peopleOf } from '../../../shared/job/visibility.ts';
import type { PeopleView } from '../../../shared/rpc/views-access.ts';
import { useCall } from '../../host/client.ts';
import { useMay } from '../../host/session.ts';
import { formatList, formatMoment } from '../../i18n/format.ts';
import './job-audience.css';

/** Whoever keeps the records sees who else has looked. */
function Looks({ job }: { job: string }) {
  const { t } = useTranslation('jobs');
  const { value } = useCall('job.looks', { job });
  if (value === null) return null;
  return (
    <div className="job-looks">
      <h4>{t('audience.looks')}</h4>
      {value.length === 0 ? (
        <p className="muted small">{t('audience.noLooks')}</p>
      ) : (
        <ul className="plain">
          {value.map(({ at, user, name }) => (
            <li key={`${at} ${user}`} className="small">
              {name} <span className="muted">{formatMoment(at)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Who sees the job: its unit, or only people by name. Nothing to say where one person is the office. */
export function JobAudience({
  job,
  onChange,
}: {
  job: Job;
  onChange: (people: PeopleView) => void;
}) {
  const { t } = useTranslation('jobs');
  const archivist = useMay('handler', 'records');
  const records = useMay('records');
  const { value } = useCall('office.people', {}, (event) => event.type === 'settings.changed');
  if (value === null || value.people.length < 2) return null;
  const { unit, only } = job.audience;
  const unitName = value.units.find(({ id }) => id === unit)?.name ?? '';
  const names = peopleOf(job).map(
    (person) => value.people.find(({ id }) => id === person)?.name ?? t('audience.gone'),
  );
  return (
    <section className="job-audience" aria-labelledby="job-audience-title">
      <h3 id="job-audience-title">{t('audience.title')}</h3>
      <div className="row row-between">
        <p className="grow">
          {only !== null
            ? t('audience.only', { names: formatList([...new Set(names)]) })
            : value.units.length > 1
              ? t('audience.unit', { unit: unitName })
              : t('audience.office')}
        </p>
        {archivist && (
          <Button
            variant="tertiary"
            onClick={() => {
              onChange(value);
            }}
          >
            {t('audience.change')}
          </Button>
        )}
      </div>
      {records && <Looks job={job.id} />}
    </section>
  );
}
