/**
 * What the remote signing service demands of a job, told while it is prepared and before anything leaves.
 * The service's own words for its rules: `../spec/posten/MAP.md`, 1.3 to 1.9.
 */
import { isSignature } from './field.ts';
import type { Job, Sector, SignerSpec } from './job.ts';
import type { Missing } from './missing.ts';

export const serviceLimits = {
  documents: 20,
  signers: 10,
  /** Of all documents together. */
  bytes: 10 * 1024 * 1024,
  title: 80,
  description: 220,
  reference: 50,
  days: 90,
} as const;

type Prepared = Pick<Job, 'spec' | 'documents'>;

/** `checklist.service-*`. `sector`: null where it is not known; the service's own answer then decides. */
export function beyondService(job: Prepared, sector: Sector | null): readonly Missing[] {
  const { spec } = job;
  if (spec.place === undefined || spec.place === 'counter') return [];
  return [
    ...ofDocuments(job),
    // It draws its own signatures and knows no other fields.
    ...when(
      spec.fields.some((field) => !isSignature(field)),
      'fields',
    ),
    ...ofTexts(job),
    ...ofSigners(job, sector),
    ...ofIdentifier(job, sector),
  ].map(({ code, ...of }) => ({ code: `checklist.service-${code}`, ...of }));
}

function ofDocuments({ documents }: Prepared): readonly Missing[] {
  const bytes = documents.reduce((sum, { length }) => sum + length, 0);
  const bad = documents.filter(({ findings }) => findings.encrypted);
  const newer = documents.filter(({ findings }) => !/^1\.[1-7]$/.test(findings.pdfVersion));
  return [
    ...when(documents.length > serviceLimits.documents, 'documents'),
    ...when(bytes > serviceLimits.bytes, 'bytes'),
    ...bad.map(({ id }) => ({ code: 'encrypted', of: id })),
    ...newer.map(({ id }) => ({ code: 'pdf-version', of: id })),
  ];
}

function ofTexts({ spec, documents }: Prepared): readonly Missing[] {
  const { title, nonSensitiveTitle, description } = spec;
  const long = (text: string, most: number) => text.trim().length > most;
  return [
    ...when(long(title, serviceLimits.title), 'title'),
    ...when(long(nonSensitiveTitle, serviceLimits.title), 'public-title'),
    ...when(/\d{11}/.test(nonSensitiveTitle), 'personal-data'),
    ...when(long(description, serviceLimits.description), 'description'),
    ...documents
      .filter((document) => long(document.title, serviceLimits.title))
      .map(({ id }) => ({ code: 'document-title', of: id })),
  ];
}

function ofSigners({ spec, documents }: Prepared, sector: Sector | null): readonly Missing[] {
  const { signers } = spec;
  const advanced = signers.some(({ kind }) => kind === 'advanced');
  const keys = signers.map((signer) => whoIs(signer)).filter((key) => key !== null);
  return [
    ...when(signers.length > serviceLimits.signers, 'signers'),
    ...when(new Set(keys).size !== keys.length, 'signer-twice'),
    ...when(sector === 'public' && advanced && documents.length > 1, 'advanced-several'),
    ...signers.flatMap((signer) =>
      ofSigner(signer, spec.place === 'portal', sector).map((code) => ({ code, of: signer.id })),
    ),
  ];
}

function ofSigner(
  { kind, nationalId, contact, onBehalfOf }: SignerSpec,
  portal: boolean,
  sector: Sector | null,
): readonly string[] {
  const found: string[] = [];
  if (kind === 'simple') found.push('kind');
  if (kind === 'authenticated' && sector === 'private') found.push('authenticated');
  if (!portal) return found;
  const by = contact?.by ?? 'number';
  if (by !== 'contact' && nationalId === undefined) found.push('number');
  if (by === 'register' && sector === 'private') found.push('register');
  if (by === 'register' && onBehalfOf === 'OTHER') found.push('register-other');
  if (by === 'register') return found;
  const { email = '', mobile = '' } = contact ?? {};
  if (email === '' && mobile === '') found.push('contact');
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) found.push('email');
  if (mobile !== '' && !/^(?:(?:\+|00)47)?[49]\d{7}$/.test(mobile.replace(/\s/g, '')))
    found.push('mobile');
  return found;
}

function whoIs({ nationalId, contact }: SignerSpec): string | null {
  if (nationalId !== undefined && contact?.by !== 'contact') return nationalId;
  const told = `${contact?.email?.toLowerCase() ?? ''} ${contact?.mobile ?? ''}`.trim();
  return contact?.by === 'contact' && told !== '' ? told : null;
}

function ofIdentifier({ spec }: Prepared, sector: Sector | null): readonly Missing[] {
  const { identifierInDocument: identifier, signers } = spec;
  const numbered = signers.every(
    ({ nationalId, contact }) => nationalId !== undefined && contact?.by !== 'contact',
  );
  const advanced = signers.some(({ kind }) => kind === 'advanced');
  switch (identifier) {
    case 'NATIONAL_ID_AND_NAME':
      return when(!numbered, 'identifier-number');
    case 'BIRTH_DATE_AND_NAME':
      return when(sector === 'public' && advanced, 'identifier-advanced');
    case 'NAME':
      return [
        ...when(sector === 'private', 'identifier-private'),
        ...when(sector === 'public' && advanced, 'identifier-advanced'),
      ];
  }
}

function when(broken: boolean, code: string): readonly Missing[] {
  return broken ? [{ code }] : [];
}
