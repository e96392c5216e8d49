/** A trusted list (ETSI TS 119 612, versions 5 and 6) as readonly data. */
import type { Criteria, Qualification } from './criteria.ts';

/** Last part of the service type's address, e.g. `CA/QC`, `TSA/QTST`. */
export type ServiceType = string;

/** What a service was from a moment on. */
export interface ServiceState {
  readonly type: ServiceType;
  /** Last part of the status' address: `granted`, `withdrawn`, `undersupervision`, ... */
  readonly status: string;
  readonly from: Date;
  /** What AdditionalServiceInformation says the service is for: `ForeSignatures`, `ForeSeals`, ... */
  readonly purposes: readonly string[];
  readonly qualifications: readonly Qualification[];
  /** A critical extension that is not understood: nothing can be built on the service then. */
  readonly unknownCritical: boolean;
}

export interface TrustService {
  readonly provider: string;
  readonly name: string;
  /** DER of the certificates that are its identity. */
  readonly certificates: readonly Uint8Array[];
  /** Newest first, down to the oldest that the list still tells. */
  readonly states: readonly ServiceState[];
}

/** Another list, and who may sign it. */
export interface ListPointer {
  readonly location: string;
  readonly territory: string;
  /** DER. */
  readonly signers: readonly Uint8Array[];
  readonly isListOfLists: boolean;
}

export interface TrustedList {
  readonly version: number;
  readonly sequence: number;
  /** Country code, `EU` for the list of lists. */
  readonly territory: string;
  readonly operator: string;
  readonly isListOfLists: boolean;
  readonly issued: Date;
  /** Null for a list that is closed. */
  readonly nextUpdate: Date | null;
  readonly pointers: readonly ListPointer[];
  readonly services: readonly TrustService[];
}

export type { Criteria, Qualification };
