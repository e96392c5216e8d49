/** The kiosk's steps for one signer, as a script walks them: hand over, look, confirm, sign, leave. */
import type { IdentityCheck } from '../../shared/job/job.ts';
import type { InputOf } from '../../shared/rpc/contract.ts';
import type { DeskClient } from './desk-client.ts';
import { showOwnKey, type OwnKeyOfScript } from './show-own-key.ts';

type Mark = InputOf<'signing.sign'>['mark'];

export interface AtCounter {
  readonly job: string;
  readonly signer: string;
  readonly identityCheck: IdentityCheck;
}

/** Nobody turned pages here: the log says so instead of pretending. */
const override = 'Signed by the command line: the document was read elsewhere';

async function handOver(desk: DeskClient, { job, signer, identityCheck }: AtCounter) {
  await desk.call('session.handOver', {
    job,
    signer,
    identityCheck: identityCheck as InputOf<'session.handOver'>['identityCheck'],
  });
  return desk.call('signing.view', {});
}

/** Signs with drawn strokes where there are some, else with the signer's name typed. */
export async function signAtCounter(
  desk: DeskClient,
  input: AtCounter & { readonly strokes?: unknown; readonly own?: () => OwnKeyOfScript },
): Promise<{ readonly signedAt: string }> {
  const view = await handOver(desk, input);
  const own =
    view.kind === 'advanced' && input.own !== undefined
      ? await showOwnKey(desk, view, input.own())
      : undefined;
  const shown = view.documents.map(({ document, revision, sha256 }) => ({
    document,
    revision,
    sha256,
  }));
  await desk.call('signing.confirm', {
    shown,
    textSha256: view.confirmation.sha256,
    pagesShown: {},
    override,
  });
  const mark: Mark =
    input.strokes === undefined
      ? own === undefined
        ? { type: 'typed', text: view.signer.name }
        : { type: 'plain' }
      : ({ type: 'drawn', ...(input.strokes as object) } as Mark);
  const signed = await desk.call('signing.sign', {
    ...{ shown, mark },
    ...(own === undefined ? {} : { with: own }),
  });
  await desk.call('session.leave', { reason: 'done' });
  return signed;
}

export async function declineAtCounter(
  desk: DeskClient,
  input: AtCounter & { readonly reason: string },
): Promise<void> {
  await handOver(desk, input);
  await desk.call('signing.decline', { reason: input.reason });
}
