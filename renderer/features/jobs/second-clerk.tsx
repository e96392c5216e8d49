import { Field, Fieldset, Label, Select, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignerStatus } from '../../../shared/job/job.ts';
import type { InputOf } from '../../../shared/rpc/contract.ts';
import type { PeopleView } from '../../../shared/rpc/views-access.ts';
import { useCall } from '../../host/client.ts';
import { useSession } from '../../host/session.ts';
import { Notice } from '../../ui/notice.tsx';

interface Second {
  readonly wanted: boolean;
  /** Null until they are known. */
  readonly colleagues: PeopleView['people'] | null;
  readonly user: string;
  readonly pin: string;
  readonly wrong: boolean;
  /** What goes with the call: nothing where nobody is needed. */
  readonly given: Pick<InputOf<'session.handOver'>, 'second'>;
  readonly set: (user: string, pin: string) => void;
  /** A PIN that was refused, or used, does not stay in the field. */
  readonly forget: () => void;
}

/** The colleague who confirms a simple signature's identity check, where the office wants two. */
export function useSecondClerk({ kind }: Pick<SignerStatus, 'kind'>): Second {
  const { twoClerks, user: me } = useSession();
  const wanted = twoClerks && kind === 'simple';
  const people = useCall('office.people', wanted ? {} : null);
  const [chosen, setChosen] = useState({ user: '', pin: '' });
  const colleagues =
    people.value?.people.filter(({ id, roles }) => id !== me?.id && roles.includes('handler')) ??
    null;
  return {
    ...{ wanted, colleagues, ...chosen },
    wrong: wanted && (chosen.user === '' || !isPin(chosen.pin)),
    given: wanted ? { second: chosen } : {},
    set: (user, pin) => {
      setChosen({ user, pin });
    },
    forget: () => {
      setChosen({ ...chosen, pin: '' });
    },
  };
}

const isPin = (pin: string) => /^\d{4,8}$/.test(pin);

export function SecondClerk({ second, asked }: { second: Second; asked: boolean }) {
  const { t } = useTranslation('jobs');
  if (!second.wanted || second.colleagues === null) return null;
  if (second.colleagues.length === 0)
    return (
      <Notice tone="brass" title={t('second.nobody')} role="status">
        <p>{t('second.nobodyText')}</p>
      </Notice>
    );
  const nobody = asked && second.user === '';
  return (
    <Fieldset>
      <Fieldset.Legend>{t('second.title')}</Fieldset.Legend>
      <Fieldset.Description>{t('second.help')}</Fieldset.Description>
      <div className="identity-second">
        <Field>
          <Label>{t('second.who')}</Label>
          <Select
            value={second.user}
            aria-invalid={nobody}
            onChange={(event) => {
              // A PIN is one person's own.
              second.set(event.target.value, '');
            }}
          >
            <Select.Option value="">{t('identity.choose')}</Select.Option>
            {second.colleagues.map(({ id, name }) => (
              <Select.Option key={id} value={id}>
                {name}
              </Select.Option>
            ))}
          </Select>
          {nobody && <p className="ds-validation-message">{t('second.whoMissing')}</p>}
        </Field>
        <Textfield
          label={t('second.pin')}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={second.pin}
          error={asked && !isPin(second.pin) && t('second.pinMissing')}
          onChange={(event) => {
            second.set(second.user, event.target.value.replace(/\D/g, '').slice(0, 8));
          }}
        />
      </div>
    </Fieldset>
  );
}
