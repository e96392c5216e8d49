import { Checkbox, Field, Fieldset, Label, Radio, Select } from '@digdir/designsystemet-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import type { PeopleView } from '../../../shared/rpc/views-access.ts';
import { call } from '../../host/client.ts';
import { useMay, useSession } from '../../host/session.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { toast } from '../../ui/toasts.tsx';
import './job-audience.css';

/** The whole unit, or only people by name; whoever made the job and the records managers always see it. */
export function AudienceDialog({
  job,
  people,
  onClose,
}: {
  job: Job;
  people: PeopleView;
  onClose: () => void;
}) {
  const { t } = useTranslation('jobs');
  const { user } = useSession();
  const records = useMay('records');
  const [unit, setUnit] = useState(job.audience.unit);
  const [named, setNamed] = useState(job.audience.only !== null);
  const [only, setOnly] = useState<readonly string[]>(job.audience.only ?? []);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const group = useId();
  const units = people.units.filter(
    ({ id }) => records || id === job.audience.unit || user?.units.includes(id) === true,
  );
  const readers = people.people.filter(
    ({ id, roles }) => id !== job.createdBy && roles.some((role) => role !== 'admin'),
  );
  const maker = people.people.find(({ id }) => id === job.createdBy)?.name ?? t('audience.gone');
  async function put() {
    setBusy(true);
    const audience = { unit, only: named ? [...only] : null };
    const answer = await call('job.audience', { job: job.id, ...audience });
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    toast(t('audience.done'));
    onClose();
  }
  const choices = [
    { id: 'all', value: false, help: people.units.length > 1 ? 'helpUnit' : 'helpOffice' },
    { id: 'named', value: true, help: 'helpNamed' },
  ] as const;
  return (
    <AskDialog
      title={t('audience.dialog')}
      confirm={t('audience.confirm')}
      busy={busy}
      onConfirm={() => void put()}
      onClose={onClose}
    >
      {people.units.length > 1 && (
        <Field>
          <Label>{t('audience.unitLabel')}</Label>
          <Select
            value={unit}
            onChange={(event) => {
              setUnit(event.target.value);
            }}
          >
            {units.map(({ id, name }) => (
              <Select.Option key={id} value={id}>
                {name}
              </Select.Option>
            ))}
          </Select>
        </Field>
      )}
      <Fieldset className="identity-how">
        <Fieldset.Legend>{t('audience.who')}</Fieldset.Legend>
        {choices.map(({ id, value, help }) => (
          <Radio
            key={id}
            variant="outline"
            name={group}
            value={id}
            label={t(people.units.length > 1 || value ? `audience.${id}` : 'audience.everybody')}
            description={t(`audience.${help}`)}
            checked={named === value}
            onChange={() => {
              setNamed(value);
            }}
          />
        ))}
      </Fieldset>
      {named && (
        <Fieldset>
          <Fieldset.Legend>{t('audience.people')}</Fieldset.Legend>
          <div className="audience-people">
            {readers.map(({ id, name }) => (
              <Checkbox
                key={id}
                label={name}
                value={id}
                checked={only.includes(id)}
                onChange={(event) => {
                  setOnly(event.target.checked ? [...only, id] : only.filter((one) => one !== id));
                }}
              />
            ))}
          </div>
        </Fieldset>
      )}
      <Notice>
        <p>{t('audience.always', { name: maker })}</p>
      </Notice>
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
