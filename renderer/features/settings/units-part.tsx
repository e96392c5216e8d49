import { Button, Textfield } from '@digdir/designsystemet-react';
import { PlusIcon, TrashIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnitView } from '../../../shared/rpc/views-access.ts';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

interface Draft {
  /** Absent in a new one. */
  readonly id?: string;
  readonly name: string;
}

/** Units of the office, each with its own jobs. A small office has one and never sees a word of it. */
export function UnitsPart({ settings, may }: SectionProps) {
  const { t } = useTranslation('settings');
  const [units, setUnits] = useState<readonly Draft[]>(settings.units);
  const [asked, setAsked] = useState(false);
  const { busy, failure, save } = useSave();
  const several = units.length > 1;
  const wrong = several && units.some(({ name }) => name.trim() === '');
  async function put() {
    setAsked(true);
    if (wrong) return;
    const trimmed = units.map((unit) => ({ ...unit, name: unit.name.trim() }));
    await save('settings.units', { units: trimmed });
  }
  const add = () => {
    setAsked(false);
    setUnits([...units, { name: '' }]);
  };
  const addButton = (
    <div>
      <Button type="button" variant="tertiary" onClick={add}>
        <PlusIcon aria-hidden="true" />
        {t(several ? 'units.add' : 'units.split')}
      </Button>
    </div>
  );
  return (
    <section className="settings-part stack" aria-labelledby="units-title">
      <h3 id="units-title">{t('units.title')}</h3>
      <p className="muted prose">{t('units.lead')}</p>
      {!several && !changed(settings.units, units) ? (
        may && addButton
      ) : (
        <SectionForm
          may={may}
          busy={busy}
          failure={failure}
          secondary
          action={t('units.save')}
          onSave={() => void put()}
        >
          {units.map((unit, at) => (
            <div className="settings-line" key={unit.id ?? `new-${String(at)}`}>
              <Textfield
                label={t(at === 0 ? 'units.first' : 'units.name', { number: at + 1 })}
                maxLength={80}
                readOnly={!may}
                value={unit.name}
                error={asked && several && unit.name.trim() === '' && t('units.nameMissing')}
                onChange={(event) => {
                  const name = event.target.value;
                  setUnits(units.map((each, index) => (index === at ? { ...each, name } : each)));
                }}
              />
              {may && at > 0 && (
                <Button
                  type="button"
                  variant="tertiary"
                  data-color="neutral"
                  icon
                  aria-label={t('units.remove', { number: at + 1, name: unit.name })}
                  onClick={() => {
                    setUnits(units.filter((_, index) => index !== at));
                  }}
                >
                  <TrashIcon aria-hidden="true" />
                </Button>
              )}
            </div>
          ))}
          {may && units.length < 100 && addButton}
        </SectionForm>
      )}
    </section>
  );
}

function changed(before: readonly UnitView[], now: readonly Draft[]): boolean {
  return before.length !== now.length;
}
