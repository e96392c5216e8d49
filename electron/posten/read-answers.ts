/**
 * Reads the service's answers: by namespace and never by prefix, what is unknown is kept, what is missing
 * without need is null; what the next step needs must be there. No document types, no entities.
 */
import { Refusal, attempt } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { readXml } from '../../shared/xml/read-xml.ts';
import { attributeOf, childElement, childElements, textOf } from '../../shared/xml/tree.ts';
import type { XmlElement } from '../../shared/xml/tree.ts';
import { signerStatuses } from './answers.ts';
import type {
  AnsweredSigner,
  DirectCreated,
  DirectSignerAnswer,
  DirectStatus,
  JobStatus,
  PortalChange,
  PortalCreated,
  ServiceError,
  SignerStatus,
  UnknownElement,
} from './answers.ts';

export const SCHEMA = 'http://signering.posten.no/schema/v1';
const limits = { bytes: 4 * 1024 * 1024, nodes: 20_000, depth: 30 };

function unreadable(what: string): Refusal {
  return new Refusal('posten.unreadable-answer', `The service’s answer is not readable: ${what}.`);
}

/** All fail with `posten.unreadable-answer`; never throw on any bytes. */
function answer<T>(bytes: Uint8Array, name: string, read: (root: XmlElement) => T): Result<T> {
  return attempt(() => {
    const document = readXml(bytes, limits);
    if (!document.ok) throw unreadable(document.error.code);
    const { root } = document.value;
    if (root.namespace !== SCHEMA || root.local !== name) throw unreadable('it is of another kind');
    return read(root);
  });
}

function optional(parent: XmlElement, name: string): string | null {
  const element = childElement(parent, SCHEMA, name);
  // Examples break lines around addresses: white space at the ends says nothing.
  const text = element === null ? '' : textOf(element).trim();
  return text === '' ? null : text;
}

function needed(parent: XmlElement, name: string): string {
  const text = optional(parent, name);
  if (text === null) throw unreadable(`${name} is missing`);
  return text;
}

function basis(
  root: XmlElement,
  known: readonly string[],
): {
  readonly jobId: string;
  readonly reference: string | null;
  readonly unknown: readonly UnknownElement[];
} {
  const jobId = needed(root, 'signature-job-id');
  if (!/^\d{1,19}$/.test(jobId)) throw unreadable('the job’s number');
  return {
    jobId,
    reference: optional(root, 'reference'),
    unknown: childElements(root)
      .filter(
        ({ namespace, local }) =>
          namespace !== SCHEMA || !['signature-job-id', 'reference', ...known].includes(local),
      )
      .map((element) => ({ name: element.local, text: textOf(element).trim() })),
  };
}

function jobStatus(text: string): JobStatus {
  if (text === 'IN_PROGRESS' || text === 'COMPLETED_SUCCESSFULLY' || text === 'FAILED') return text;
  throw unreadable('a job state this version does not know');
}

function signerStatus(element: XmlElement): SignerStatus {
  const status = textOf(element).trim();
  if (status === '') throw unreadable('a signer without a state');
  return {
    status,
    known: (signerStatuses as readonly string[]).includes(status),
    since: attributeOf(element, 'since'),
  };
}

export function readPortalCreated(bytes: Uint8Array): Result<PortalCreated> {
  return answer(bytes, 'portal-signature-job-response', (root) => ({
    ...basis(root, ['cancellation-url']),
    cancellationUrl: needed(root, 'cancellation-url'),
  }));
}

export function readPortalChange(bytes: Uint8Array): Result<PortalChange> {
  return answer(bytes, 'portal-signature-job-status-change-response', (root) => {
    const list = childElement(root, SCHEMA, 'signatures');
    if (list === null) throw unreadable('its signatures are missing');
    return {
      ...basis(root, [
        'status',
        'confirmation-url',
        'cancellation-url',
        'delete-documents-url',
        'signatures',
      ]),
      status: jobStatus(needed(root, 'status')),
      confirmationUrl: needed(root, 'confirmation-url'),
      cancellationUrl: optional(root, 'cancellation-url'),
      deleteDocumentsUrl: optional(root, 'delete-documents-url'),
      signatures: childElements(list, SCHEMA, 'signature').map((each) => {
        const status = childElement(each, SCHEMA, 'status');
        if (status === null) throw unreadable('a signer without a state');
        return {
          ...signerStatus(status),
          signer: answeredSigner(each),
          xadesUrl: optional(each, 'xades-url'),
        };
      }),
      padesUrl: optional(list, 'pades-url'),
    };
  });
}

function answeredSigner(signature: XmlElement): AnsweredSigner {
  const number = optional(signature, 'personal-identification-number');
  if (number !== null) return { type: 'number', number };
  const identifier = childElement(signature, SCHEMA, 'identifier');
  if (identifier === null) throw unreadable('a signer without a name');
  const value = (name: string, attribute: string): string | null => {
    const element = childElement(identifier, SCHEMA, name);
    return element === null ? null : attributeOf(element, attribute);
  };
  return { type: 'contact', email: value('email', 'address'), mobile: value('sms', 'number') };
}

export function readDirectCreated(bytes: Uint8Array): Result<DirectCreated> {
  return answer(bytes, 'direct-signature-job-response', (root) => ({
    ...basis(root, ['redirect-url', 'status-url', 'signer']),
    statusUrl: optional(root, 'status-url'),
    signers: childElements(root, SCHEMA, 'signer').map(directSigner),
    redirectUrls: childElements(root, SCHEMA, 'redirect-url').map((element) => ({
      signer: attributeOf(element, 'signer'),
      url: browserUrl(textOf(element).trim()),
    })),
  }));
}

export function readDirectSigner(bytes: Uint8Array): Result<DirectSignerAnswer> {
  return answer(bytes, 'direct-signer-response', directSigner);
}

function directSigner(element: XmlElement): DirectSignerAnswer {
  const signerUrl = attributeOf(element, 'href');
  const number = optional(element, 'personal-identification-number');
  const own = optional(element, 'signer-identifier');
  const identifier = number ?? own;
  if (signerUrl === null || identifier === null) throw unreadable('a signer without a name');
  return {
    signerUrl,
    identifier,
    identifiedBy: number === null ? 'own' : 'number',
    redirectUrl: browserUrl(needed(element, 'redirect-url')),
  };
}

/** Opened in the signer's browser: an encrypted web address and nothing else. */
function browserUrl(text: string): string {
  if (!URL.canParse(text) || new URL(text).protocol !== 'https:')
    throw unreadable('an address for the browser that is none');
  return text;
}

export function readDirectStatus(bytes: Uint8Array): Result<DirectStatus> {
  return answer(bytes, 'direct-signature-job-status-response', (root) => {
    const results = childElements(root, SCHEMA, 'xades-url').map((element) => ({
      signer: attributeOf(element, 'signer'),
      url: textOf(element).trim(),
    }));
    const statuses = childElements(root, SCHEMA, 'status');
    return {
      ...basis(root, [
        'signature-job-status',
        'status',
        'confirmation-url',
        'delete-documents-url',
        'xades-url',
        'pades-url',
      ]),
      status: jobStatus(needed(root, 'signature-job-status')),
      signatures: statuses.map((element) => {
        const signer = attributeOf(element, 'signer');
        const [only] = results;
        const own =
          signer === null && statuses.length === 1
            ? only
            : results.find((result) => result.signer === signer);
        return { ...signerStatus(element), signer, xadesUrl: own?.url ?? null };
      }),
      confirmationUrl: optional(root, 'confirmation-url'),
      deleteDocumentsUrl: optional(root, 'delete-documents-url'),
      padesUrl: optional(root, 'pades-url'),
    };
  });
}

/** The error of a 4xx or 5xx; null where the body is none (empty, a page of a proxy). */
export function readError(bytes: Uint8Array): ServiceError | null {
  const read = answer(bytes, 'error', (root) => ({
    code: needed(root, 'error-code'),
    message: optional(root, 'error-message') ?? '',
    type: optional(root, 'error-type') ?? '',
  }));
  return read.ok ? read.value : null;
}
