/** The five messages that are sent, in the order of elements that the schemas demand. */
import { xmlDocument, xmlElement, xmlLeaf } from '../../shared/xml/write-xml.ts';
import type { XmlSource } from '../../shared/xml/write-xml.ts';
import { SCHEMA } from './read-answers.ts';
import type { Contact, DirectJob, DirectSigner, PortalJob, PortalSigner } from './jobs.ts';

/** A document as the manifest lists it. */
export interface ListedDocument {
  readonly href: string;
  readonly mime: string;
  readonly title: string;
}

function leaf(name: string, text: string | number | undefined): XmlSource | null {
  return text === undefined ? null : xmlLeaf(name, String(text));
}

function message(name: string, ...content: readonly (XmlSource | null)[]): string {
  return xmlDocument(xmlElement(name, { xmlns: SCHEMA }, ...content), 'yes');
}

export function portalRequest({ reference, pollingQueue }: PortalJob): string {
  return message(
    'portal-signature-job-request',
    leaf('reference', reference),
    leaf('polling-queue', pollingQueue),
  );
}

export function directRequest(job: DirectJob): string {
  return message(
    'direct-signature-job-request',
    leaf('reference', job.reference),
    xmlElement(
      'exit-urls',
      {},
      leaf('completion-url', job.exitUrls.completion),
      leaf('rejection-url', job.exitUrls.rejection),
      leaf('error-url', job.exitUrls.error),
    ),
    leaf('status-retrieval-method', job.statusRetrieval),
    leaf('polling-queue', job.pollingQueue),
  );
}

/** Asks for a new redirect URL. */
export function signerUpdate(): string {
  return message('direct-signer-update-request', xmlElement('redirect-url', {}));
}

function sender(organisation: string): XmlSource {
  return xmlElement('sender', {}, xmlLeaf('organization-number', organisation));
}

function documents(listed: readonly ListedDocument[]): XmlSource {
  return xmlElement(
    'documents',
    {},
    ...listed.map(({ href, mime, title }) =>
      xmlElement('document', { href, mime }, xmlLeaf('title', title)),
    ),
  );
}

export function portalManifest(
  job: PortalJob,
  organisation: string,
  listed: readonly ListedDocument[],
): string {
  const { activationTime, availableSeconds } = job;
  const available = activationTime !== undefined || availableSeconds !== undefined;
  return message(
    'portal-signature-job-manifest',
    xmlElement('signers', {}, ...job.signers.map(portalSigner)),
    sender(organisation),
    leaf('title', job.title),
    leaf('nonsensitive-title', job.nonsensitiveTitle),
    leaf('description', job.description),
    documents(listed),
    leaf('required-authentication', job.requiredAuthentication),
    available
      ? xmlElement(
          'availability',
          {},
          leaf('activation-time', activationTime?.toISOString()),
          leaf('available-seconds', availableSeconds),
        )
      : null,
    leaf('identifier-in-signed-documents', job.identifierInSignedDocuments),
  );
}

function portalSigner({ address, order, signatureType, onBehalfOf }: PortalSigner): XmlSource {
  return xmlElement(
    'signer',
    { order: String(order ?? 0) },
    address.type === 'contact'
      ? xmlElement('identified-by-contact-information', {})
      : xmlLeaf('personal-identification-number', address.number),
    leaf('signature-type', signatureType),
    address.type === 'number-lookup'
      ? xmlElement(
          'notifications-using-lookup',
          {},
          xmlElement('email', {}),
          address.sms ? xmlElement('sms', {}) : null,
        )
      : notifications(address.type === 'contact' ? address.contact : address.notify),
    xmlLeaf('on-behalf-of', onBehalfOf ?? 'SELF'),
  );
}

function notifications({ email, mobile }: Contact): XmlSource {
  return xmlElement(
    'notifications',
    {},
    email === undefined ? null : xmlElement('email', { address: email }),
    mobile === undefined ? null : xmlElement('sms', { number: mobile }),
  );
}

export function directManifest(
  job: DirectJob,
  organisation: string,
  listed: readonly ListedDocument[],
): string {
  return message(
    'direct-signature-job-manifest',
    ...job.signers.map(directSigner),
    sender(organisation),
    leaf('title', job.title),
    leaf('description', job.description),
    documents(listed),
    leaf('required-authentication', job.requiredAuthentication),
    leaf('identifier-in-signed-documents', job.identifierInSignedDocuments),
  );
}

function directSigner({ identifier, signatureType, onBehalfOf }: DirectSigner): XmlSource {
  return xmlElement(
    'signer',
    {},
    identifier.type === 'number'
      ? xmlLeaf('personal-identification-number', identifier.number)
      : xmlLeaf('signer-identifier', identifier.value),
    leaf('signature-type', signatureType),
    xmlLeaf('on-behalf-of', onBehalfOf ?? 'SELF'),
  );
}
