import { Button, Switch } from '@digdir/designsystemet-react';
import { TrashIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { TrustedListView } from '../../../shared/rpc/views-trust.ts';
import { call } from '../../host/client.ts';
import { upload } from '../../host/upload.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatDate } from '../../i18n/format.ts';
import { DropFile } from '../../ui/drop-file.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { CertificateCard } from './certificate-card.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

/** The European list of lists and national ones, from file; each with who signed it and until when it holds. */
export function TrustedListsPart({ settings, may }: SectionProps) {
  const { t } = useTranslation('settings');
  const { busy, failure, save } = useSave();
  const [refused, setRefused] = useState<Failure | null>(null);
  const [checks, setChecks] = useState<ReadonlyMap<string, string | null>>(new Map());
  const { trustedLists } = settings;
  const wrong = refused ?? failure;
  async function add(file: File) {
    setRefused(null);
    const sent = await upload(file);
    if (sent.ok)
      await save('settings.addTrustedList', { upload: sent.value.upload }, t('lists.added'));
    else setRefused(sent.error);
  }
  async function check() {
    setRefused(null);
    const answer = await call('settings.checkTrustedLists', {});
    if (answer.ok) setChecks(new Map(answer.value.map(({ sha256, code }) => [sha256, code])));
    else setRefused(answer.error);
  }
  return (
    <section className="stack" aria-labelledby="trusted-lists-title">
      <h3 id="trusted-lists-title">{t('lists.title')}</h3>
      <p className="muted">{t('lists.lead')}</p>
      {trustedLists.length > 0 && (
        <ul className="plain stack">
          {trustedLists.map((list) => (
            <li key={list.sha256}>
              <OneList
                list={list}
                code={checks.get(list.sha256)}
                onRemove={
                  may
                    ? () =>
                        void save(
                          'settings.removeTrustedList',
                          { sha256: list.sha256 },
                          t('lists.removed'),
                        )
                    : null
                }
              />
            </li>
          ))}
        </ul>
      )}
      {may && trustedLists.length > 0 && (
        <Button variant="secondary" disabled={busy} onClick={() => void check()}>
          {t('lists.check')}
        </Button>
      )}
      {may && (
        <DropFile
          label={t('lists.choose')}
          hint={t('lists.dropHint')}
          accept=".xml,.xtsl"
          onFile={(file) => {
            void add(file);
          }}
        />
      )}
      {wrong !== null && <FailureNotice failure={wrong} />}
      <Switch
        label={t('lists.norwegian')}
        description={t('lists.norwegianHelp')}
        checked={settings.norwegianIssuers.on}
        disabled={!may || busy}
        onChange={(event) => {
          void save('settings.norwegianIssuers', { on: event.target.checked });
        }}
      />
      <details className="small">
        <summary>{t('lists.fingerprints')}</summary>
        <dl className="facts">
          {settings.norwegianIssuers.issuers.map(({ name, fingerprint }) => (
            <div key={fingerprint}>
              <dt>{name}</dt>
              <dd>
                <code>{fingerprint}</code>
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

function OneList({
  list,
  code,
  onRemove,
}: {
  list: TrustedListView;
  /** Undefined where it has not been asked. */
  code: string | null | undefined;
  onRemove: (() => void) | null;
}) {
  const { t } = useTranslation('settings');
  const name = t('lists.name', { territory: list.territory, operator: list.operator });
  const said = (wrong: string) => failureWords({ code: wrong, message: wrong }).what;
  return (
    <CertificateCard
      certificate={list.signer}
      facts={
        <>
          <dt>{t('lists.list')}</dt>
          <dd>{t('lists.about', { name, sequence: list.sequence, count: list.services })}</dd>
          <dt>{t('lists.next')}</dt>
          <dd>
            {list.nextUpdate === null ? t('lists.closed') : formatDate(list.nextUpdate)}
            {code !== undefined && ` · ${code === null ? t('lists.good') : said(code)}`}
          </dd>
        </>
      }
      action={
        onRemove !== null && (
          <Button
            variant="tertiary"
            data-color="neutral"
            aria-label={t('lists.remove', { name })}
            onClick={onRemove}
          >
            <TrashIcon aria-hidden="true" />
            {t('remove')}
          </Button>
        )
      }
    />
  );
}
