/** Kiosks that are machines of their own: the door in the network, who is paired, and pairing one more. */
import { Button, Field, Label, Select, Switch, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScreensView } from '../../../shared/rpc/views-screen.ts';
import { call, useCall } from '../../host/client.ts';
import { saveFile } from '../../host/save-file.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pill } from '../../ui/pill.tsx';
import { PairingPart } from './pairing-part.tsx';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

export function ScreensSection({ may }: SectionProps) {
  const { value, error, reload } = useCall(
    'settings.screens',
    {},
    (event) => event.type === 'settings.changed' || event.type === 'screens.changed',
  );
  if (error !== null) return <FailureNotice failure={error} onRetry={reload} />;
  if (value === null) return null;
  const { on, address, port } = value;
  return (
    <div className="stack settings-parts">
      <DoorPart key={JSON.stringify([on, address, port])} value={value} may={may} />
      {on && may && value.state === 'listening' && <PairingPart value={value} />}
      {on && <PairedPart value={value} may={may} />}
      {on && <KnownPart value={value} />}
    </div>
  );
}

/** Where it listens, and whether it can. */
function DoorPart({ value, may }: { value: ScreensView; may: boolean }) {
  const { t } = useTranslation('pairing');
  const { addresses, state } = value;
  const outside = addresses.find(({ internal }) => !internal) ?? addresses[0];
  const known = addresses.some((one) => one.address === value.address);
  const [on, setOn] = useState(value.on);
  const [address, setAddress] = useState(known ? value.address : (outside?.address ?? ''));
  const [port, setPort] = useState(String(value.port));
  const { busy, failure, save } = useSave();
  const number = Number(port);
  return (
    <>
      {value.on && state !== 'listening' && (
        <Notice tone="red" role="status" title={t(`door.${state}`)}>
          <p>{t('door.nobody')}</p>
        </Notice>
      )}
      {value.on && state === 'listening' && (
        <Notice tone="green" role="status" title={t('door.listening', { url: value.url ?? '' })}>
          <p>{t('door.firewall', { port: value.port })}</p>
        </Notice>
      )}
      <SectionForm
        may={may}
        busy={busy}
        failure={failure}
        // While digits are compared, that they are the same is the one thing to say.
        secondary={(value.pairing?.asking ?? null) !== null}
        onSave={() => void save('settings.putScreens', { on, address, port: number })}
      >
        <Switch
          label={t('door.on')}
          description={t('door.onHelp')}
          checked={on}
          disabled={!may}
          onChange={(event) => {
            setOn(event.target.checked);
          }}
        />
        <Field>
          <Label>{t('door.address')}</Label>
          <Field.Description>{t('door.addressHelp')}</Field.Description>
          <Select
            value={address}
            disabled={!may}
            onChange={(event) => {
              setAddress(event.target.value);
            }}
          >
            {addresses.map((one) => (
              <Select.Option key={one.address} value={one.address}>
                {one.internal
                  ? t('door.thisMachine', { address: one.address })
                  : `${one.address} (${one.name})`}
              </Select.Option>
            ))}
          </Select>
        </Field>
        <div className="settings-short">
          <Textfield
            label={t('door.port')}
            inputMode="numeric"
            maxLength={5}
            readOnly={!may}
            value={port}
            onChange={(event) => {
              setPort(event.target.value.replace(/\D/g, ''));
            }}
          />
        </div>
      </SectionForm>
    </>
  );
}

/** By what a kiosk knows this workstation, and how it comes to trust it. */
function KnownPart({ value }: { value: ScreensView }) {
  const { t } = useTranslation('pairing');
  const [failed, setFailed] = useState<Parameters<typeof FailureNotice>[0]['failure'] | null>(null);
  async function save() {
    const answer = await call('settings.screenAuthority', {});
    if (!answer.ok) return setFailed(answer.error);
    setFailed(null);
    saveFile(answer.value.name, new Uint8Array(answer.value.bytes), 'application/x-x509-ca-cert');
  }
  const command = `chrome --kiosk --user-data-dir=C:\\Skranke\\kiosk --ignore-certificate-errors-spki-list=${value.keyPin ?? ''} ${value.url ?? ''}`;
  return (
    <section className="settings-part stack" aria-labelledby="screens-known">
      <h3 id="screens-known">{t('known.title')}</h3>
      <p>{t('known.text')}</p>
      <h4>{t('known.pcTitle')}</h4>
      <p>{t('known.pcText')}</p>
      <code className="pairing-command">{command}</code>
      <h4>{t('known.tabletTitle')}</h4>
      <p>{t('known.tabletText')}</p>
      {failed !== null && <FailureNotice failure={failed} />}
      <div className="row">
        <Button variant="secondary" onClick={() => void save()}>
          {t('known.save')}
        </Button>
      </div>
      <p>{t('known.otherwise')}</p>
      <code className="pairing-command">{value.fingerprint ?? ''}</code>
    </section>
  );
}

function PairedPart({ value, may }: { value: ScreensView; may: boolean }) {
  const { t } = useTranslation('pairing');
  const [leaving, setLeaving] = useState<ScreensView['paired'][number] | null>(null);
  const { busy, failure, save } = useSave();
  return (
    <section className="settings-part stack" aria-labelledby="screens-paired">
      <h3 id="screens-paired">{t('paired.title')}</h3>
      {value.paired.length === 0 && (
        <p>
          {t('paired.none')}. {t('paired.noneText')}
        </p>
      )}
      {value.paired.length > 0 && (
        <ul className="plain stack-tight">
          {value.paired.map((one) => (
            <li key={one.id} className="row">
              <div className="grow">
                <strong>{one.name}</strong>{' '}
                <Pill tone={one.here ? 'green' : 'brass'}>
                  {t(one.here ? 'paired.here' : 'paired.away')}
                </Pill>
                <p className="muted small">
                  {t('paired.since', { moment: formatDateTime(one.pairedAt), name: one.by })}{' '}
                  {one.heardAt !== null &&
                    t('paired.heard', { moment: formatDateTime(one.heardAt) })}
                </p>
              </div>
              {may && (
                <Button
                  variant="secondary"
                  aria-label={t('paired.unpairName', { name: one.name })}
                  onClick={() => {
                    setLeaving(one);
                  }}
                >
                  {t('paired.unpair')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {leaving !== null && (
        <AskDialog
          title={t('paired.sure', { name: leaving.name })}
          confirm={t('paired.unpair')}
          danger
          busy={busy}
          onConfirm={() =>
            void save('screen.unpair', { screen: leaving.id }, t('paired.gone')).then((answer) => {
              if (answer.ok) setLeaving(null);
            })
          }
          onClose={() => {
            setLeaving(null);
          }}
        >
          <p>{t('paired.sureText')}</p>
          {failure !== null && <FailureNotice failure={failure} />}
        </AskDialog>
      )}
    </section>
  );
}
