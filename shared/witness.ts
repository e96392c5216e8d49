/** Another office that sees where our log stands, as we see where theirs does. */

export interface WitnessFolders {
  /** Where our files are put for the others. */
  readonly out: string;
  /** Where theirs come in. It may be the same one. */
  readonly in: string;
}

/** By what an office is known: the key of its seal, and what the certificate says of it. */
export interface WitnessPin {
  /** Hex SHA-256 of the SubjectPublicKeyInfo. */
  readonly key: string;
  /** Hex SHA-256 of the certificate, for people to compare. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly trial: boolean;
}

export interface SeenHead {
  readonly seq: number;
  /** Hex. */
  readonly hash: string;
  /** ISO instant, by the office's own clock. */
  readonly at: string;
}

/**
 * Why nothing of an office is countersigned. What is not `witness.history-rewritten` may have an honest
 * reason (a new certificate, a restored backup, a new archive): an administrator asks, and accepts.
 */
export interface WitnessAlarm {
  readonly code:
    | 'witness.history-rewritten'
    | 'witness.gone-back'
    | 'witness.key-changed'
    | 'witness.other-archive';
  /** ISO instant of when we noticed. */
  readonly at: string;
  readonly head: SeenHead;
  readonly archive: string;
  /** Who signed what we were shown. */
  readonly pin: WitnessPin;
}

export interface KnownOffice {
  /** Nine digits. */
  readonly number: string;
  readonly name: string;
  /** Id of its archive. */
  readonly archive: string;
  readonly pin: WitnessPin;
  /** ISO instant of when its first file came. */
  readonly since: string;
  readonly last: SeenHead | null;
  readonly alarm: WitnessAlarm | null;
  /** Heads from before this instant are of a past that an administrator has laid aside. */
  readonly after: string | null;
  /** What we have witnessed up to here in our own log is of that past, too. */
  readonly from: number;
}

export interface WitnessProblem {
  /** Name of the file. */
  readonly file: string;
  readonly code: string;
}

/** One exchange. */
export interface WitnessReport {
  readonly at: string;
  /** What was written of ours; null where it has to wait. */
  readonly head: { readonly seq: number; readonly file: string } | null;
  /** Codes of what it waits for: a folder, the seal. */
  readonly waits: readonly string[];
  readonly read: number;
  /** Others' heads that we have countersigned now. */
  readonly countersigned: number;
  /** Countersignatures on ours that are kept from now on. */
  readonly kept: number;
  /** Known already, our own, other offices' among themselves, not of this exchange. */
  readonly skipped: number;
  readonly problems: readonly WitnessProblem[];
  /** How many there were; the list names the first of them. */
  readonly problemCount: number;
}

export interface WitnessView {
  readonly folders: WitnessFolders | null;
  /** Of our archive; null until the first exchange. */
  readonly archive: string | null;
  readonly offices: readonly KnownOffice[];
  readonly last: WitnessReport | null;
  /** What an exchange would wait for now. */
  readonly waits: readonly string[];
  /** The newest of our heads that somebody has countersigned. */
  readonly witnessed: {
    readonly seq: number;
    readonly at: string;
    readonly authority: string;
  } | null;
}
