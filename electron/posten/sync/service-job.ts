/** From a job of the archive to a job of the service: always revision 0 of each document. */
import type { Job, JobSpec, SignerSpec } from '../../../shared/job/job.ts';
import type { Remote } from '../../../shared/job/remote.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type {
  DirectJob,
  IdentifierInSignedDocuments,
  JobDocument,
  PortalAddress,
  PortalJob,
  SignatureType,
} from '../jobs.ts';
import type { Sector } from '../job-rules.ts';

export interface ToService {
  readonly job: Job;
  readonly remote: Pick<Remote, 'sender' | 'queue' | 'reference'>;
  readonly documents: readonly JobDocument[];
  readonly sector: Sector;
  readonly now: Date;
}

const identifiers: Readonly<Record<JobSpec['identifierInDocument'], IdentifierInSignedDocuments>> =
  {
    NATIONAL_ID_AND_NAME: 'PERSONAL_IDENTIFICATION_NUMBER_AND_NAME',
    BIRTH_DATE_AND_NAME: 'DATE_OF_BIRTH_AND_NAME',
    NAME: 'NAME',
  };

function basisOf({ job, remote, documents, sector }: ToService) {
  const { title, description, signers, identifierInDocument } = job.spec;
  // Level 4 is the service's own default, and the only one for private senders.
  const low =
    sector === 'public' &&
    signers.every(({ kind, level }) => kind === 'authenticated' && level === 3);
  return {
    ...{ title, documents, reference: remote.reference, sender: remote.sender },
    ...{
      pollingQueue: remote.queue,
      identifierInSignedDocuments: identifiers[identifierInDocument],
    },
    ...(description.trim() === '' ? {} : { description }),
    ...(low ? { requiredAuthentication: 3 as const } : {}),
  };
}

function signatureType({ kind }: SignerSpec): SignatureType {
  return kind === 'advanced'
    ? 'ADVANCED_ELECTRONIC_SIGNATURE'
    : 'AUTHENTICATED_ELECTRONIC_SIGNATURE';
}

/** Fails with `job.deadline-past`; what the service would refuse, the client refuses. */
export function portalJob(input: ToService): Result<PortalJob> {
  const { spec } = input.job;
  const seconds =
    spec.deadline === null
      ? null
      : Math.floor((Date.parse(spec.deadline) - input.now.getTime()) / 1000);
  if (seconds !== null && seconds <= 0)
    return fail('job.deadline-past', 'The deadline has passed already.');
  return ok({
    ...basisOf(input),
    signers: spec.signers.map((signer) => ({
      address: addressOf(signer),
      order: signer.order,
      signatureType: signatureType(signer),
      onBehalfOf: signer.onBehalfOf,
    })),
    ...(spec.nonSensitiveTitle.trim() === '' ? {} : { nonsensitiveTitle: spec.nonSensitiveTitle }),
    ...(seconds === null ? {} : { availableSeconds: seconds }),
  });
}

function addressOf({ contact, nationalId = '' }: SignerSpec): PortalAddress {
  const told = contactOf(contact);
  switch (contact?.by ?? 'number') {
    case 'number':
      return { type: 'number', number: nationalId, notify: told };
    case 'register':
      return { type: 'number-lookup', number: nationalId, sms: true };
    case 'contact':
      return { type: 'contact', contact: told };
  }
}

function contactOf(contact: SignerSpec['contact']) {
  const email = contact?.email?.trim() ?? '';
  const mobile = (contact?.mobile ?? '').replace(/\s/g, '');
  return { ...(email === '' ? {} : { email }), ...(mobile === '' ? {} : { mobile }) };
}

/** Our own word for a signer of the direct flow without a number: their place in the job. */
export function ownWord(index: number): string {
  return `undertegner-${index + 1}`;
}

/**
 * Always POLLING: a job whose answer was lost can be found again by its queue. `exit`: where the signer's
 * browser is sent afterwards, on this machine.
 */
export function directJob(input: ToService, exit: string): Result<DirectJob> {
  const { spec } = input.job;
  return ok({
    ...basisOf(input),
    signers: spec.signers.map((signer, index) => ({
      identifier:
        signer.nationalId === undefined
          ? { type: 'own', value: ownWord(index) }
          : { type: 'number', number: signer.nationalId },
      signatureType: signatureType(signer),
      onBehalfOf: signer.onBehalfOf,
    })),
    exitUrls: {
      completion: `${exit}/ferdig`,
      rejection: `${exit}/avvist`,
      error: `${exit}/feil`,
    },
    statusRetrieval: 'POLLING',
  });
}
