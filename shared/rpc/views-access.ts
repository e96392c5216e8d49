/** What the calls about people and access answer. */

export interface UnitView {
  readonly id: string;
  /** Empty until an office with several units has named its first. */
  readonly name: string;
}

/** Who works here, to choose among. */
export interface PeopleView {
  readonly units: readonly UnitView[];
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly roles: readonly ('admin' | 'handler' | 'records' | 'reader')[];
    readonly units: readonly string[];
  }[];
}

export interface LookView {
  readonly at: string;
  readonly user: string;
  readonly name: string;
}

export interface PickUpView {
  /** Eight digits: shown this once. */
  readonly code: string;
  readonly expires: string;
}

/** What must be ordered elsewhere and takes days; `code` names the sentences in the language files. */
export interface ChecklistItem {
  readonly code:
    | 'seal-certificate'
    | 'timestamp-authority'
    | 'backup-folder'
    | 'rehearsal'
    | 'posten-agreement'
    | 'eid-client';
  readonly done: boolean;
}
