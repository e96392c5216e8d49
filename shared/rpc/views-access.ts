/** What the calls about people and access answer. */
import type { OfficeEvent } from '../office-event.ts';

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

/** One page of the office's log, newest first, with the names people have today. */
export interface OfficeLogView {
  readonly rows: readonly {
    readonly seq: number;
    readonly at: string;
    readonly actor: string;
    /** Empty for the program itself and for somebody who is no longer known. */
    readonly actorName: string;
    readonly event: OfficeEvent;
    /** Whom the event speaks of, where it speaks of somebody. */
    readonly userName: string;
  }[];
  readonly next: string | null;
  /** Everybody who has ever worked here, to look for. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
}
