/** One form for the news of both flows, and who of the job's signers they speak of. */
import type { SignerSpec } from '../../../shared/job/job.ts';
import type { RemoteFlow, RemoteStatus } from '../../../shared/job/remote.ts';
import type { RemoteSaying } from '../../../shared/job/remote-event.ts';
import type { DirectStatus, PortalChange } from '../answers.ts';
import { ownWord } from './service-job.ts';

export interface UpdateSigner {
  /** Number, our own word, or null where the service names contact data alone. */
  readonly name: string | null;
  readonly email: string | null;
  readonly mobile: string | null;
  readonly state: string;
  readonly since: string | null;
  readonly xadesUrl: string | null;
}

export interface Update {
  readonly flow: RemoteFlow;
  readonly jobId: string;
  readonly reference: string | null;
  readonly status: RemoteStatus;
  readonly signers: readonly UpdateSigner[];
  readonly padesUrl: string | null;
  readonly confirmationUrl: string | null;
  readonly cancellationUrl: string | null;
  readonly deleteDocumentsUrl: string | null;
}

export function ofPortal(change: PortalChange): Update {
  const { jobId, reference, status, padesUrl } = change;
  const { confirmationUrl, cancellationUrl, deleteDocumentsUrl } = change;
  return {
    ...{ flow: 'portal', jobId, reference, status, padesUrl },
    ...{ confirmationUrl, cancellationUrl, deleteDocumentsUrl },
    signers: change.signatures.map(({ signer, status: state, since, xadesUrl }) => ({
      name: signer.type === 'number' ? signer.number : null,
      email: signer.type === 'contact' ? signer.email : null,
      mobile: signer.type === 'contact' ? signer.mobile : null,
      ...{ state, since, xadesUrl },
    })),
  };
}

export function ofDirect(change: DirectStatus): Update {
  const { jobId, reference, status, padesUrl, confirmationUrl, deleteDocumentsUrl } = change;
  return {
    ...{ flow: 'direct', jobId, reference, status, padesUrl },
    ...{ confirmationUrl, cancellationUrl: null, deleteDocumentsUrl },
    signers: change.signatures.map(({ signer, status: state, since, xadesUrl }) => ({
      ...{ name: signer, email: null, mobile: null, state, since, xadesUrl },
    })),
  };
}

const digits = (text: string | null | undefined) => (text ?? '').replace(/\D/g, '').slice(-8);

function isOf(spec: SignerSpec, index: number, said: UpdateSigner): boolean {
  if (said.name !== null) return said.name === spec.nationalId || said.name === ownWord(index);
  const email = spec.contact?.email?.trim().toLowerCase() ?? '';
  return said.email === null
    ? digits(said.mobile) !== '' && digits(said.mobile) === digits(spec.contact?.mobile)
    : said.email.toLowerCase() === email;
}

/** Our signer of each of the service's; one that says nothing of who it is stands at its place. */
export function signersOf(
  specs: readonly SignerSpec[],
  update: Update,
): readonly (UpdateSigner & { readonly signer: string })[] {
  return update.signers.flatMap((said, place) => {
    const index = specs.findIndex((spec, at) => isOf(spec, at, said));
    const nameless = said.name === null && said.email === null && said.mobile === null;
    const spec = specs[index] ?? (nameless ? specs[place] : undefined);
    return spec === undefined ? [] : [{ ...said, signer: spec.id }];
  });
}

export function sayingOf(specs: readonly SignerSpec[], update: Update): RemoteSaying {
  const { jobId, status, cancellationUrl, deleteDocumentsUrl } = update;
  return {
    ...{ jobId, status, cancellationUrl, deleteDocumentsUrl },
    signers: signersOf(specs, update).map(({ signer, state, since }) => ({ signer, state, since })),
  };
}
