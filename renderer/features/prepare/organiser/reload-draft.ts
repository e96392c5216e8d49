/** The draft as the archive has it now: documents and fields were changed there. */
import type { Result } from '../../../../shared/result.ts';
import { call } from '../../../host/client.ts';
import { draftOf, usePrepare } from '../store.ts';

export async function reloadDraft(job: string): Promise<Result<null>> {
  const fresh = await call('job.get', { job });
  if (!fresh.ok) return fresh;
  const { spec, documents, version } = fresh.value.job;
  const { job: shown, follow, take } = usePrepare.getState();
  if (shown === job) {
    follow(version, documents);
    take(draftOf(spec, documents), version);
  }
  return { ok: true, value: null };
}
