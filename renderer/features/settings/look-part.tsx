/** The office's logo and colour on screens that are in public view. */
import { Button, Field, Label } from '@digdir/designsystemet-react';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isReadable, readable, restInk } from '../../../shared/office-look.ts';
import type { OfficeLook } from '../../../shared/office-look.ts';
import { useCall } from '../../host/client.ts';
import { Notice } from '../../ui/notice.tsx';
import { logoAddress } from '../../ui/office-look.ts';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';
import './look-part.css';

const ownGreen = '#1f5143';

export function LookPart({ may }: Pick<SectionProps, 'may'>) {
  const { value } = useCall('office.look', {}, (event) => event.type === 'settings.changed');
  if (value === null) return null;
  return <LookForm key={JSON.stringify(value)} value={value} may={may} />;
}

function LookForm({ value, may }: { value: OfficeLook; may: boolean }) {
  const { t } = useTranslation('pairing');
  const { busy, failure, save } = useSave();
  const picker = useRef<HTMLInputElement>(null);
  const field = useId();
  const [colour, setColour] = useState(value.colour ?? ownGreen);
  const fits = isReadable(colour);
  const saved = (next: string) => (next === ownGreen ? null : next);
  async function take(file: File | undefined) {
    if (file === undefined) return;
    const logo = new Uint8Array(await file.arrayBuffer());
    await save('settings.putLook', { logo, colour: value.colour });
  }
  return (
    <section className="settings-part stack" aria-labelledby="look-title">
      <h3 id="look-title">{t('look.title')}</h3>
      <p>{t('look.text')}</p>
      <div
        className="look-sample"
        ref={(sample) => {
          sample?.style.setProperty('background', fits ? colour : readable(colour));
          sample?.style.setProperty('color', restInk);
        }}
      >
        {value.logo !== null && <img src={logoAddress(value.logo)} alt={t('look.logo')} />}
        <span>{t('look.sample')}</span>
      </div>
      <SectionForm
        may={may}
        busy={busy}
        failure={failure}
        onSave={() => {
          if (fits) void save('settings.putLook', { colour: saved(colour) });
        }}
      >
        <Field>
          <Label htmlFor={field}>{t('look.colour')}</Label>
          <input
            id={field}
            className="look-colour"
            type="color"
            value={colour}
            disabled={!may}
            onChange={(event) => {
              setColour(event.target.value);
            }}
          />
        </Field>
        <Notice
          tone={fits ? 'green' : 'brass'}
          role="status"
          title={t(fits ? 'look.fits' : 'look.tooLight')}
        />
        {may && (
          <div className="row">
            {!fits && (
              <Button
                type="button"
                variant="secondary"
                onClick={() => {
                  setColour(readable(colour));
                }}
              >
                {t('look.darker')}
              </Button>
            )}
            <Button
              type="button"
              variant="secondary"
              onClick={() => {
                picker.current?.click();
              }}
            >
              {t('look.choose')}
            </Button>
            {value.logo !== null && (
              <Button
                type="button"
                variant="secondary"
                onClick={() => void save('settings.putLook', { logo: null, colour: value.colour })}
              >
                {t('look.remove')}
              </Button>
            )}
          </div>
        )}
        <input
          ref={picker}
          type="file"
          accept="image/png"
          hidden
          aria-label={t('look.choose')}
          onChange={(event) => void take(event.target.files?.[0])}
        />
      </SectionForm>
    </section>
  );
}
