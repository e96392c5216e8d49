/** What is sent to the remote signing service: jobs of both flows, every field it has. */

export interface JobDocument {
  /** 1 to 80 characters; stands in the list of contents. */
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly type: 'pdf' | 'text';
}

export type SignatureType = 'ADVANCED_ELECTRONIC_SIGNATURE' | 'AUTHENTICATED_ELECTRONIC_SIGNATURE';
export type OnBehalfOf = 'SELF' | 'OTHER';
export type IdentifierInSignedDocuments =
  'PERSONAL_IDENTIFICATION_NUMBER_AND_NAME' | 'DATE_OF_BIRTH_AND_NAME' | 'NAME';

/** E-mail, mobile, or both; Norwegian mobiles only. */
export interface Contact {
  readonly email?: string;
  readonly mobile?: string;
}

/** How a signer of the portal flow is found and told. */
export type PortalAddress =
  | { readonly type: 'number'; readonly number: string; readonly notify: Contact }
  /** Public senders only: contact data from the national register. */
  | { readonly type: 'number-lookup'; readonly number: string; readonly sms: boolean }
  /** A link and a code; whoever holds them can sign, and the sender checks afterwards who did. */
  | { readonly type: 'contact'; readonly contact: Contact };

interface SignerChoices {
  readonly signatureType?: SignatureType;
  /** Written always: sources disagree on the default. */
  readonly onBehalfOf?: OnBehalfOf;
}

export interface PortalSigner extends SignerChoices {
  readonly address: PortalAddress;
  /** 0 to 9; equal ones sign at the same time, lower ones first. */
  readonly order?: number;
}

export interface DirectSigner extends SignerChoices {
  readonly identifier:
    | { readonly type: 'number'; readonly number: string }
    /** The sender's own word for the signer, once in the job, without personal data. */
    | { readonly type: 'own'; readonly value: string };
}

interface JobBasis {
  /** 1 to 80 characters; seen after log-in and on the front page. */
  readonly title: string;
  /** Up to 220 characters, seen before signing. */
  readonly description?: string;
  readonly documents: readonly JobDocument[];
  /** Up to 50 characters, returned with every answer. Without personal data. */
  readonly reference?: string;
  /** Nine digits; the client's own where absent. */
  readonly sender?: string;
  readonly pollingQueue?: string;
  readonly requiredAuthentication?: 3 | 4;
  readonly identifierInSignedDocuments?: IdentifierInSignedDocuments;
}

export interface PortalJob extends JobBasis {
  readonly signers: readonly PortalSigner[];
  /** 1 to 80 characters, in e-mails and to those logged in at level 3. Without personal data. */
  readonly nonsensitiveTitle?: string;
  /** Absent or past: at once. */
  readonly activationTime?: Date;
  /** For each group of signers anew; 30 days where absent, at most 90. */
  readonly availableSeconds?: number;
}

export interface DirectJob extends JobBasis {
  readonly signers: readonly DirectSigner[];
  readonly exitUrls: {
    readonly completion: string;
    readonly rejection: string;
    readonly error: string;
  };
  readonly statusRetrieval?: 'WAIT_FOR_CALLBACK' | 'POLLING';
}
