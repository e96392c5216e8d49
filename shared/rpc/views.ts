/** What the calls answer: JSON shapes made for the windows. National identity numbers are masked here. */
import type { MailedCopy } from '../job/copies.ts';
import type { UnitView } from './views-access.ts';
import type { SigningField } from './views-fields.ts';
import type { ScreenKind } from './views-screen.ts';
import type { KnownIssuersView, TrustedListView } from './views-trust.ts';
export type { ChecklistItem } from './views-access.ts';
import type { BackupReceipt, RehearsalReceipt } from './views-archive.ts';
export type {
  ArchiveReportView,
  ArchiveStatsView,
  BackupReceipt,
  RehearsalReceipt,
} from './views-archive.ts';
import type { Placement } from '../document.ts';
import type { RecordedEvent } from '../job/event.ts';
import type {
  AtKiosk,
  Job,
  JobDocument,
  JobTab,
  Language,
  Sector,
  SignatureKindWanted,
  SignerRole,
  ShownDocument,
} from '../job/job.ts';
import type { CertificateSummary } from '../report.ts';

export interface UserView {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly ('admin' | 'handler' | 'records' | 'reader')[];
  readonly active: boolean;
  /** Ids of the units they belong to: at least one. */
  readonly units: readonly string[];
}

export interface SessionView {
  /**
   * `setup`: nothing here yet; `locked`: sign in; `desk`: an operator; `kiosk`: a signer holds it;
   * `screen`: a kiosk at rest that is nothing else.
   */
  readonly state: 'setup' | 'locked' | 'desk' | 'kiosk' | 'screen';
  /** Of a window that is a kiosk alone. */
  readonly screen: ScreenKind | null;
  readonly user: UserView | null;
  readonly organisation: {
    readonly name: string;
    readonly number: string;
    readonly sector: Sector;
  } | null;
  readonly users: readonly { readonly id: string; readonly name: string }[];
  /** Only when `locked`: whose PIN (`session.resume`) brings the desk back; else any passphrase. */
  readonly resumeUser: {
    readonly id: string;
    readonly name: string;
    /** What the screen was: a resting `kiosk` stands in public view and names nobody. */
    readonly from: 'kiosk' | 'desk';
  } | null;
  readonly language: Language;
  readonly online: boolean;
  readonly version: string;
  readonly trialSeal: boolean;
  readonly idleSeconds: number;
  /** A desk where nobody is at the keyboard locks itself after so long. */
  readonly lockMinutes: number;
  /** Somebody else chose this user's passphrase: they should choose their own. */
  readonly passphraseGiven: boolean;
  /** Where the office allows it: a clerk makes codes, and at a resting kiosk a signer begins with one. */
  readonly pickUpCodes: boolean;
  /** Where the office allows it: at a resting kiosk a signer begins by logging in. */
  readonly loginAlone: boolean;
  /** At the kiosk of somebody who began by logging in: how many more wait for them. */
  readonly moreWaiting: number;
  /** A simple signature needs a second clerk's PIN here. */
  readonly twoClerks: boolean;
  /** Which host shows this: the web host's hand-over warns unless the browser runs as a kiosk. */
  readonly host: 'web' | 'electron';
}

/** A job for its page: national identity numbers masked to the first six digits. */
export interface JobView {
  readonly job: Job;
  readonly events: readonly (RecordedEvent & { readonly actorName: string })[];
  /** What keeps the job from being opened: codes `checklist.*` with what they speak of. Empty when ready. */
  readonly missing: readonly { readonly code: string; readonly of?: string }[];
  readonly sealReady: boolean;
  /** Code of why it cannot sign today: expired, locked, not valid yet; null where it can. */
  readonly sealProblem: string | null;
}

export interface JobPageView {
  readonly rows: readonly JobRowView[];
  readonly next: string | null;
  readonly counts: Readonly<Record<JobTab, number>>;
}
export interface JobRowView {
  readonly id: string;
  readonly title: string;
  readonly shielded: boolean;
  readonly caseNumber: string;
  readonly reference: string;
  readonly state: Job['state'];
  readonly tab: JobTab;
  readonly documents: number;
  readonly signed: number;
  readonly signers: readonly { readonly name: string; readonly state: string }[];
  readonly deadline: string | null;
  readonly changedAt: string;
  readonly createdAt: string;
  readonly note: 'at-kiosk' | 'seal-deferred' | 'renewal-deferred' | null;
  readonly trial: boolean;
  readonly fetchBefore: string | null;
}

/** All a signer may see: their own job, nothing of the other signers but that they exist. */
export interface ConfirmationView {
  readonly language: string;
  readonly version: string;
  readonly sha256: string;
  readonly text: string;
}

export interface SigningView {
  readonly title: string;
  readonly organisation: string;
  readonly signer: {
    readonly id: string;
    readonly name: string;
    readonly maskedId: string | null;
    readonly birthDate: string | null;
    readonly title: string;
    readonly role: SignerRole;
    readonly forWhom: string | null;
    readonly language: Language;
    /** In which the kiosk opens; of the office's own, where it is not `language`. */
    readonly kioskLanguage: string;
  };
  readonly documents: readonly (ShownDocument & {
    readonly title: string;
    readonly pageCount: number;
    readonly length: number;
    /** Of signatures. */
    readonly places: readonly Placement[];
    /** What else this signing fills in. */
    readonly fields: readonly SigningField[];
    readonly pages: JobDocument['findings']['pages'];
  })[];
  /** In the language in which the kiosk opens, or in the one that stands in for it. */
  readonly confirmation: ConfirmationView;
  /** The same in every language in which it may be confirmed. */
  readonly confirmations: readonly ConfirmationView[];
  /** The lines that will stand beside the mark. */
  readonly markLines: readonly string[];
  /** Which kind of signature is asked for: it decides what must be shown first. */
  readonly kind: SignatureKindWanted;
  readonly atService: boolean;
  /** What the signer has shown so far, masked, and who has decided that it is theirs. */
  readonly proof: AtKiosk['proof'];
  /** Signatures to be made: so many times a card may want its PIN. */
  readonly signatures: number;
  /** With what an advanced signer may sign here. */
  readonly ownKeys: { readonly cards: boolean; readonly keyFiles: boolean };
  readonly trial: boolean;
  readonly idleSeconds: number;
  readonly strokeDynamics: boolean;
  /** Whether the office takes a picture of a signature for one. */
  readonly imageMarks: boolean;
  /** What a copy by e-mail is here. */
  readonly mailedCopy: MailedCopy;
}

/** A certificate of the signer's own, as the kiosk shows it before anything is signed. */
export interface OwnKeyView {
  /** Hex SHA-256 of the certificate. */
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly algorithm: string;
  /** ISO instant. */
  readonly notAfter: string;
  /** The issuers that are at hand, nearest first. */
  readonly chain: readonly string[];
}

/** It was compared and written down; the clerk accepts it by `proof`. */
export interface SealView {
  readonly certificate: CertificateSummary;
  readonly algorithm: string;
  readonly expiresInDays: number;
  /** The whole name, as RFC 4514 writes it. */
  readonly name: string;
  /** Nine digits, where the certificate says (ETSI EN 319 412-1, 5.1.4, or the older serialNumber). */
  readonly organisationNumber: string | null;
  /** RFC 5280, 4.2.1.3; empty where nothing is restricted. */
  readonly keyUsage: readonly string[];
  /** The issuers in the key file, nearest first. */
  readonly chain: readonly CertificateSummary[];
  readonly key: SealStateView['key'];
  /** The key is in memory and nowhere else: after the next start its file has to be given again. */
  readonly untilRestart: boolean;
}

export interface SealStateView {
  /** `locked`: the passphrase of its file is needed; `missing`: the file itself is. */
  readonly key: 'none' | 'ready' | 'locked' | 'missing';
  readonly due: readonly CertificateDue[];
}

/** A certificate that runs out, and which of the steps it has come to; 0: it has run out. */
export interface CertificateDue {
  readonly of: 'seal' | 'seal-issuer' | 'timestamp' | 'anchor';
  readonly subject: string;
  readonly issuer: string;
  readonly notAfter: string;
  readonly daysLeft: number;
  readonly step: 90 | 30 | 7 | 0;
  readonly fingerprint: string;
  /** By the user who asks. */
  readonly dismissed: boolean;
}

export interface SettingsView {
  readonly organisation: {
    readonly name: string;
    readonly number: string;
    readonly sector: Sector;
  };
  readonly seal: SealView | null;
  readonly timestamps: readonly {
    readonly url: string;
    readonly user: string | null;
    readonly policy: string | null;
    readonly seconds: number | null;
  }[];
  readonly anchors: readonly CertificateSummary[];
  readonly trustedLists: readonly TrustedListView[];
  readonly norwegianIssuers: KnownIssuersView;
  readonly exportFolder: string;
  readonly idleSeconds: number;
  readonly strokeDynamics: boolean;
  readonly imageMarks: boolean;
  readonly lockMinutes: number;
  readonly cards: {
    readonly supported: boolean;
    readonly use: boolean;
    readonly known: boolean;
    readonly modules: readonly string[];
    readonly keyFiles: boolean;
  };
  readonly twoClerks: boolean;
  readonly pickUpCodes: boolean;
  readonly loginAlone: boolean;
  readonly units: readonly UnitView[];
  readonly backup: {
    readonly folder: string | null;
    readonly everyHours: number;
    readonly last: BackupReceipt | null;
    readonly lastRehearsal: RehearsalReceipt | null;
  };
  readonly dataFolder: string;
  readonly languages: readonly Language[];
}

export interface TimestampCheck {
  readonly url: string;
  readonly ok: boolean;
  /** Code of what is wrong. */
  readonly code: string | null;
  readonly milliseconds: number;
}

export interface ExportReceipt {
  readonly id: string;
  readonly folder: string;
  readonly at: string;
  readonly jobs: readonly {
    readonly job: string;
    readonly folder: string;
    readonly files: number;
  }[];
  readonly failed: readonly { readonly job: string; readonly code: string }[];
  /** Why our own pages beside the documents (`signeringsbevis.pdf`, `pakke.pdf`) carry no seal. */
  readonly unsealed: string | null;
}
