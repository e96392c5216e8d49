import { Fieldset, Radio } from '@digdir/designsystemet-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attestation } from '../../../shared/job/attestation.ts';
import type { SignerStatus } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import type { InputOf } from '../../../shared/rpc/contract.ts';
import { call } from '../../host/client.ts';
import { useSession } from '../../host/session.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';
import { AttestCard } from './attest-card.tsx';
import { AttestFile, type FileDraft } from './attest-file.tsx';
import { cardKeyOf, emptyCardDraft } from './card-draft.ts';
import { useReaders } from './card-in-reader.tsx';

const ways = ['seal', 'card', 'key-file'] as const;
type Way = (typeof ways)[number];

/** DOMAIN.md, the kiosk, step 9: what the clerk puts their own name to, and with whose key. */
export function AttestDialog({
  job,
  signer,
  onClose,
}: {
  job: string;
  signer: SignerStatus;
  onClose: () => void;
}) {
  const { t } = useTranslation('jobs');
  const { user, language } = useSession();
  const clerk = user?.name ?? '';
  const group = useId();
  const readers = useReaders();
  const [way, setWay] = useState<Way>('seal');
  const [busy, setBusy] = useState(false);
  const [file, setFile] = useState<FileDraft | null>(null);
  const [card, setCard] = useState(emptyCardDraft);
  const [failure, setFailure] = useState<Failure | null>(null);
  const key = keyOf();

  /** Undefined: the seal; null: something is missing yet. */
  function keyOf(): InputOf<'job.attest'>['key'] | null {
    switch (way) {
      case 'seal':
        return undefined;
      case 'card':
        return cardKeyOf(readers, card, clerk);
      case 'key-file':
        return file === null
          ? null
          : { type: 'key-file', bytes: file.bytes.slice(), passphrase: file.passphrase };
    }
  }
  async function attest() {
    if (key === null) return;
    setBusy(true);
    setFailure(null);
    const answer = await call('job.attest', {
      ...{ job, signer: signer.id },
      ...(key === undefined ? {} : { key }),
    });
    setBusy(false);
    // Typed for this once: the next try is typed anew.
    setCard({ ...card, pin: '', lastTry: false });
    if (!answer.ok) {
      setFailure(answer.error);
      readers.reload();
      return;
    }
    toast(t('done.attest'));
    onClose();
  }
  return (
    <AskDialog
      title={t('attest.title', { name: signer.name })}
      confirm={t('attest.confirm')}
      busy={busy}
      ready={key !== null}
      onConfirm={() => void attest()}
      onClose={onClose}
    >
      <blockquote className="job-statement" lang={language}>
        {attestation(language, signer.name)}
        <footer>{clerk}</footer>
      </blockquote>
      <p className="muted">{t('attest.help')}</p>
      <Fieldset className="identity-how">
        <Fieldset.Legend>{t('attest.with')}</Fieldset.Legend>
        {ways.map((each) => (
          <Radio
            key={each}
            variant="outline"
            name={group}
            value={each}
            label={t(`attest.way.${each}`)}
            description={t(`attest.wayHelp.${each}`)}
            checked={way === each}
            onChange={() => {
              setWay(each);
              setFailure(null);
            }}
          />
        ))}
      </Fieldset>
      {way === 'card' && (
        <AttestCard readers={readers} draft={card} clerk={clerk} onChange={setCard} />
      )}
      {way === 'key-file' && <AttestFile draft={file} onChange={setFile} />}
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
