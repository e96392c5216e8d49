/** A document to try with, for those who have none at hand; its name says that it is an example. */
import { Button } from '@digdir/designsystemet-react';
import { FileTextIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fail } from '../../../shared/result.ts';
import type { Failure } from '../../../shared/result.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useImports } from './imports.ts';

/** Beside the window's own files, as pdf.js' fonts are. */
const address = () => new URL('./sample/leieavtale.pdf', document.baseURI).href;

export function ExampleDocument({ job }: { job: string }) {
  const { t } = useTranslation('prepare');
  const add = useImports((state) => state.add);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function fetchAndAdd() {
    setBusy(true);
    setFailure(null);
    try {
      const answer = await fetch(address());
      if (!answer.ok) throw new Error(String(answer.status));
      const bytes = await answer.arrayBuffer();
      add(job, [new File([bytes], t('drop.exampleName'), { type: 'application/pdf' })]);
    } catch {
      setFailure(fail('host.unreachable', 'The example could not be fetched').error);
      setBusy(false);
    }
  }
  return (
    <div className="prep-example">
      <Button
        variant="tertiary"
        loading={busy}
        aria-describedby="prep-example"
        onClick={() => void fetchAndAdd()}
      >
        {!busy && <FileTextIcon aria-hidden="true" />}
        {t('drop.example')}
      </Button>
      <p className="muted small" id="prep-example">
        {t('drop.exampleText')}
      </p>
      {failure !== null && <FailureNotice failure={failure} />}
    </div>
  );
}
