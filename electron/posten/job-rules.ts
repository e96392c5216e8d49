/** What the service demands of a job beyond its schemas, said before anything is sent. */
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Contact, DirectJob, JobDocument, PortalJob, SignatureType } from './jobs.ts';

/** Which rules of the sender's sector hold; null where it is not known and the service decides. */
export type Sector = 'private' | 'public' | null;

export const jobLimits = {
  documents: 20,
  signers: 10,
  /** Of all documents together. */
  bytes: 10 * 1024 * 1024,
  /** 90 days. */
  availableSeconds: 7_776_000,
} as const;

const elevenDigits = /[0-9]{11}/;

/** Each rule with its name in `detail.rule`; the first one broken is answered. */
export function checkPortalJob(job: PortalJob, sector: Sector): Result<null> {
  const numbers = job.signers.flatMap(({ address }) =>
    address.type === 'contact' ? [] : [address.number],
  );
  const contacts = job.signers.flatMap(({ address }) =>
    address.type === 'contact' ? [contactKey(address.contact)] : [],
  );
  const told = job.signers.flatMap(({ address }) => {
    if (address.type === 'number-lookup') return [];
    return [address.type === 'contact' ? address.contact : address.notify];
  });
  const lookups = job.signers.filter(({ address }) => address.type === 'number-lookup');
  const seconds = job.availableSeconds ?? 0;
  return (
    first([
      ...commonRules(job, sector, contacts.length > 0),
      [
        'signer-twice',
        new Set([...numbers, ...contacts]).size !== numbers.length + contacts.length,
      ],
      ['no-contact', told.some(({ email, mobile }) => email === undefined && mobile === undefined)],
      ['email', told.some(({ email }) => email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email))],
      [
        'mobile-not-norwegian',
        told.some(({ mobile }) => mobile !== undefined && !isMobile(mobile)),
      ],
      ['lookup-for-other', lookups.some(({ onBehalfOf }) => onBehalfOf === 'OTHER')],
      ['lookup-private', sector === 'private' && lookups.length > 0],
      [
        'order',
        job.signers.some(({ order = 0 }) => !Number.isInteger(order) || order < 0 || order > 9),
      ],
      ['available-seconds', !Number.isInteger(seconds) || seconds < 0],
      ['available-too-long', seconds > jobLimits.availableSeconds],
      ['activation-time', Number.isNaN(job.activationTime?.getTime() ?? 0)],
      ['personal-data', elevenDigits.test(job.nonsensitiveTitle ?? '')],
    ]) ?? ok(null)
  );
}

export function checkDirectJob(job: DirectJob, sector: Sector): Result<null> {
  const own = job.signers.flatMap(({ identifier }) =>
    identifier.type === 'own' ? [identifier.value] : [],
  );
  const all = job.signers.map(({ identifier }) =>
    identifier.type === 'own' ? identifier.value : identifier.number,
  );
  return (
    first([
      ...commonRules(job, sector, own.length > 0),
      ['signer-twice', new Set(all).size !== all.length],
      ['personal-data', own.some((value) => elevenDigits.test(value))],
      ['exit-url', !Object.values(job.exitUrls).every(isWebAddress)],
    ]) ?? ok(null)
  );
}

type Rule = readonly [name: string, broken: boolean];

function first(rules: readonly Rule[]): Result<null> | null {
  const rule = rules.find(([, broken]) => broken)?.[0];
  return rule === undefined
    ? null
    : fail('posten.invalid-job', 'The service would refuse this job.', { rule });
}

function commonRules(
  job: {
    readonly documents: readonly JobDocument[];
    readonly signers: readonly { readonly signatureType?: SignatureType }[];
    readonly reference?: string;
    readonly pollingQueue?: string;
    readonly requiredAuthentication?: 3 | 4;
    readonly identifierInSignedDocuments?: string;
  },
  sector: Sector,
  withoutNumbers: boolean,
): readonly Rule[] {
  const { documents, signers, identifierInSignedDocuments: identifier } = job;
  const advanced = signers.some(({ signatureType: type }) =>
    sector === 'private'
      ? type !== 'AUTHENTICATED_ELECTRONIC_SIGNATURE'
      : type === 'ADVANCED_ELECTRONIC_SIGNATURE',
  );
  const authenticated = signers.some(
    ({ signatureType }) => signatureType === 'AUTHENTICATED_ELECTRONIC_SIGNATURE',
  );
  const bytes = documents.reduce((sum, document) => sum + document.bytes.length, 0);
  return [
    ['no-document', documents.length === 0],
    ['too-many-documents', documents.length > jobLimits.documents],
    ['documents-too-large', bytes > jobLimits.bytes],
    ['not-a-pdf', documents.some(({ type, bytes }) => type === 'pdf' && !startsAsPdf(bytes))],
    ['no-signer', signers.length === 0],
    ['too-many-signers', signers.length > jobLimits.signers],
    ['personal-data', elevenDigits.test(`${job.reference ?? ''} ${job.pollingQueue ?? ''}`)],
    ['authenticated-private', sector === 'private' && authenticated],
    ['level-private', sector === 'private' && job.requiredAuthentication === 3],
    ['name-private', sector === 'private' && identifier === 'NAME'],
    [
      'identifier-needs-number',
      withoutNumbers && identifier === 'PERSONAL_IDENTIFICATION_NUMBER_AND_NAME',
    ],
    [
      'identifier-needs-authenticated',
      sector === 'public' &&
        advanced &&
        (identifier === 'NAME' || identifier === 'DATE_OF_BIRTH_AND_NAME'),
    ],
    ['advanced-several', sector === 'public' && advanced && documents.length > 1],
  ];
}

function startsAsPdf(bytes: Uint8Array): boolean {
  return [0x25, 0x50, 0x44, 0x46, 0x2d].every((byte, at) => bytes[at] === byte);
}

function contactKey({ email, mobile }: Contact): string {
  return `${email?.toLowerCase() ?? ''} ${mobile ?? ''}`;
}

/** Norwegian mobiles begin with 4 or 9; foreign ones make the service refuse the whole job. */
function isMobile(text: string): boolean {
  return /^(?:(?:\+|00)47)?[49]\d{7}$/.test(text.replace(/\s/g, ''));
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}
