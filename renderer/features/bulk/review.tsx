/** The dry run: which column is what, which rows are good, and what is wrong with the others. */
import { Button, Field, Label, Select } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import {
  openFields,
  openRoles,
  personParts,
  targetsOf,
  textTargets,
} from '../../../shared/bulk/columns.ts';
import type { Job } from '../../../shared/job/job.ts';
import type { BulkCheck } from '../../../shared/rpc/views-bulk.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatList, formatNumber } from '../../i18n/format.ts';
import { DropFile } from '../../ui/drop-file.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { Looked } from './bulk.tsx';
import { listTypes } from './choose-list.tsx';
import { Counts } from './counts.tsx';
import { FaultyRows } from './faulty-rows.tsx';

const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;

interface Props {
  readonly job: Job;
  readonly looked: Looked;
  readonly onChoose: (file: File) => void;
  readonly onChange: (how: { columns?: string[]; encoding?: string }) => void;
  readonly onMake: (again: boolean) => void;
}

export function Review({ job, looked, onChoose, onChange, onMake }: Props) {
  const { t } = useTranslation('bulk');
  const { check } = looked;
  const { good, faulty, known } = check.counts;
  const blocked = check.trouble !== null || check.rolesWithoutName.length > 0;
  const allKnown = good === 0 && known > 0;
  return (
    <>
      <section className="panel panel-body stack" aria-labelledby="bulk-columns">
        <h2 id="bulk-columns">{t('columns.title')}</h2>
        <p className="muted">{t('columns.text', { file: looked.file })}</p>
        <Columns job={job} check={check} onChange={onChange} />
        {check.encoding !== null && (
          <Field className="bulk-encoding">
            <Label>{t('columns.encoding')}</Label>
            <Select
              value={check.encoding}
              onChange={(event) => {
                onChange({ encoding: event.target.value });
              }}
            >
              {encodings.map((each) => (
                <Select.Option key={each} value={each}>
                  {t(`encoding.${each}`)}
                </Select.Option>
              ))}
            </Select>
          </Field>
        )}
        {check.rolesWithoutName.length > 0 && (
          <Notice tone="brass" title={t('columns.noName')}>
            <p>{t('columns.noNameText', { roles: formatList(check.rolesWithoutName) })}</p>
          </Notice>
        )}
      </section>
      <section className="panel panel-body stack" aria-labelledby="bulk-rows">
        <h2 id="bulk-rows">{t('rows.title')}</h2>
        <Counts counts={check.counts} />
        {check.trouble !== null && (
          <Notice tone="red" title={failureWords({ code: check.trouble, message: '' }).what}>
            <p>{failureWords({ code: check.trouble, message: '' }).action}</p>
          </Notice>
        )}
        <FaultyRows rows={check.rows} />
        {faulty > 0 && !blocked && good > 0 && <p>{t('rows.others')}</p>}
        <div className="row bulk-actions">
          {allKnown ? (
            <Button
              variant="secondary"
              disabled={blocked}
              onClick={() => {
                onMake(true);
              }}
            >
              {t('make.again', { count: known })}
            </Button>
          ) : (
            <Button
              className="large"
              disabled={blocked || good === 0}
              onClick={() => {
                onMake(false);
              }}
            >
              {t('make.now', { count: good, number: formatNumber(good) })}
            </Button>
          )}
        </div>
        <DropFile
          label={t('choose.other')}
          hint={t('choose.hint')}
          accept={listTypes}
          onFile={onChoose}
        />
      </section>
    </>
  );
}

function Columns({
  job,
  check,
  onChange,
}: {
  job: Job;
  check: BulkCheck;
  onChange: Props['onChange'];
}) {
  const { t } = useTranslation('bulk');
  const offered = new Set(targetsOf(job.spec));
  const roles = openRoles(job.spec);
  const fields = openFields(job.spec);
  function set(index: number, target: string) {
    const columns = check.columns.map((column, at) =>
      // What another column was is taken from it: two cannot be the same.
      at === index ? target : column.target === target ? 'nothing' : column.target,
    );
    onChange({
      columns,
      ...(check.encoding === null ? {} : { encoding: check.encoding }),
    });
  }
  return (
    <ul className="plain bulk-columns">
      {check.columns.map(({ heading, target, samples }, index) => (
        <li key={`${heading} ${String(index)}`}>
          <div className="bulk-heading">
            <strong>
              {heading === '' ? t('columns.unnamed', { number: index + 1 }) : heading}
            </strong>
            <span className="small muted">{samples.join(' · ')}</span>
          </div>
          <Select
            aria-label={t('columns.becomes', { heading })}
            value={target}
            onChange={(event) => {
              set(index, event.target.value);
            }}
          >
            <Select.Option value="nothing">{t('target.nothing')}</Select.Option>
            {roles.map(({ id, title, role }) => (
              <Select.Optgroup
                key={id}
                label={title.trim() === '' ? t(`prepare:role.${role}`) : title}
              >
                {personParts.map((part) => (
                  <Select.Option key={part} value={`person:${id}:${part}`}>
                    {`${title.trim() === '' ? t(`prepare:role.${role}`) : title}: ${t(`part.${part}`)}`}
                  </Select.Option>
                ))}
              </Select.Optgroup>
            ))}
            <Select.Optgroup label={t('target.job')}>
              {[...textTargets, 'deadline' as const]
                .filter((each) => offered.has(each))
                .map((each) => (
                  <Select.Option key={each} value={each}>
                    {t(`target.${each}`)}
                  </Select.Option>
                ))}
            </Select.Optgroup>
            {fields.length > 0 && (
              <Select.Optgroup label={t('target.fields')}>
                {fields.map(({ id, label = '' }, at) => (
                  <Select.Option key={id} value={`field:${id}`}>
                    {label === '' ? t('target.field', { number: at + 1 }) : label}
                  </Select.Option>
                ))}
              </Select.Optgroup>
            )}
          </Select>
        </li>
      ))}
    </ul>
  );
}
