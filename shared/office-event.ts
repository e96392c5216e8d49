/**
 * What happens in the office rather than to one job: who came and went, what was changed, copied,
 * exported, disposed of. These events stand in the same chain as those of the jobs.
 */

/** Which secret somebody tried or changed. */
export type OfficeSecret =
  'passphrase' | 'pin' | 'recovery-code' | 'seal-passphrase' | 'pick-up-code' | 'pairing-code';

/**
 * To add one more: a member here, its words under `office.events` in the renderer's `archive.*.json`,
 * and one call of `archive.recordOffice`. No secrets, no names, no titles: ids, codes and hashes.
 */
export type OfficeEvent =
  /** `sha256` is that of the salt and the value's canonical JSON: nobody can guess what it was. */
  | {
      readonly type: 'setting-changed';
      readonly key: string;
      readonly salt: string;
      readonly sha256: string;
    }
  /** `sha256` is that of the salt and the whole user as canonical JSON. */
  | {
      readonly type: 'user-changed';
      readonly user: string;
      readonly roles: readonly string[];
      readonly active: boolean;
      readonly salt: string;
      readonly sha256: string;
    }
  | { readonly type: 'signed-in'; readonly user: string }
  | { readonly type: 'signed-out'; readonly user: string }
  /** Wrong tries until there is a wait; null where nobody here has the name that was given. */
  | {
      readonly type: 'locked-out';
      readonly user: string | null;
      readonly what: OfficeSecret;
      readonly tries: number;
    }
  | { readonly type: 'passphrase-changed'; readonly user: string }
  | { readonly type: 'pin-changed'; readonly user: string }
  | { readonly type: 'access-recovered'; readonly user: string }
  | { readonly type: 'recovery-code-changed' }
  /** An administrator answers for what an added language says where a legal act is made. */
  | { readonly type: 'language-approved'; readonly language: string; readonly sha256: string }
  /** Somebody tried what their role, or the job, does not let them; the method's name. */
  | { readonly type: 'refused'; readonly method: string }
  /** Somebody opened a job that is not their own. */
  | { readonly type: 'looked'; readonly user: string; readonly job: string }
  | {
      readonly type: 'backup-made';
      readonly seq: number;
      readonly hash: string;
      readonly documents: number;
    }
  | { readonly type: 'backup-rehearsed'; readonly backupAt: string; readonly ok: boolean }
  /** This archive was made out of a backup whose log ended there. */
  | {
      readonly type: 'restored';
      readonly backupAt: string;
      readonly seq: number;
      readonly hash: string;
    }
  | { readonly type: 'job-disposed'; readonly job: string }
  /** Of the address book; who it is, nobody is told. */
  | {
      readonly type: 'entry-saved' | 'entry-removed';
      readonly kind: 'person' | 'group';
      readonly entry: string;
    }
  | { readonly type: 'book-exported'; readonly people: number; readonly numbers: boolean }
  | { readonly type: 'export-made'; readonly receipt: string; readonly jobs: number }
  /** A timestamp, or another office's countersignature, over the log as it stood at `seq`. */
  | {
      readonly type: 'anchored';
      readonly kind: 'timestamp' | 'witness';
      readonly seq: number;
      readonly hash: string;
      readonly authority: string;
      /** Hex SHA-256 of the token. */
      readonly sha256: string;
    }
  /** We have seen and countersigned where another office's log stands. */
  | {
      readonly type: 'witnessed';
      /** Organisation number and archive id: `123456785/…`. */
      readonly office: string;
      readonly seq: number;
      readonly hash: string;
    }
  /** Another office's log is not what it was: `code` says what is wrong. */
  | {
      readonly type: 'witness-alarm';
      readonly office: string;
      readonly code: string;
      readonly seq: number;
    }
  /** An administrator has asked about it, and it was right. */
  | {
      readonly type: 'witness-accepted';
      readonly office: string;
      readonly code: string;
      readonly seq: number;
    };

export type OfficeEventType = OfficeEvent['type'];

/** What somebody who reads the log may look for. */
export const officeKinds = ['access', 'settings', 'looks', 'exports', 'backups', 'proof'] as const;
export type OfficeKind = (typeof officeKinds)[number];

export const kindOf: Readonly<Record<OfficeEventType, OfficeKind>> = {
  'signed-in': 'access',
  'signed-out': 'access',
  'locked-out': 'access',
  'passphrase-changed': 'access',
  'pin-changed': 'access',
  'access-recovered': 'access',
  'recovery-code-changed': 'access',
  refused: 'access',
  'language-approved': 'settings',
  'setting-changed': 'settings',
  'user-changed': 'settings',
  looked: 'looks',
  'export-made': 'exports',
  'job-disposed': 'exports',
  'book-exported': 'exports',
  'entry-saved': 'settings',
  'entry-removed': 'settings',
  'backup-made': 'backups',
  'backup-rehearsed': 'backups',
  restored: 'backups',
  anchored: 'proof',
  witnessed: 'proof',
  'witness-alarm': 'proof',
  'witness-accepted': 'proof',
};

export interface OfficeFilter {
  readonly kind?: OfficeKind;
  /** Who did it, or whom it speaks of; `system` for the program itself. */
  readonly person?: string;
}

/** An office event as it stands in the log. */
export interface RecordedOfficeEvent {
  readonly seq: number;
  /** Its number among the office's events. */
  readonly version: number;
  /** ISO instant. */
  readonly at: string;
  /** User id, or `system`. */
  readonly actor: string;
  readonly event: OfficeEvent;
}

/** Their place in the log is that of a job which nobody has. */
export const officeJob = '0'.repeat(32);
