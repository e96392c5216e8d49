/** The settings by name and type. They stand as JSON in the encrypted archive. */
import type { MailedCopy } from '../../shared/job/copies.ts';
import type { Json } from '../../shared/result.ts';
import type { Language, Sector } from '../../shared/job/job.ts';
import type { AddedLanguage } from '../../shared/added-language.ts';
import type { BackupReceipt, RehearsalReceipt } from '../../shared/rpc/views.ts';
import type { TrustedListView } from '../../shared/rpc/views-trust.ts';
import type { IdentityRules } from '../../shared/rpc/views-counter.ts';
import type { OfficeLook } from '../../shared/office-look.ts';
import type { UnitView } from '../../shared/rpc/views-access.ts';
import { homeUnit } from '../../shared/job/visibility.ts';
import type { KnownOffice, WitnessFolders, WitnessReport } from '../../shared/witness.ts';
import type { Archive } from '../archive/archive.ts';
import type { LoginProvider } from '../eid/login/provider.ts';
import type { PassphraseSlot } from '../archive/slots.ts';
import type { OfficeConfirmation } from './office-confirmation.ts';
import type { PinHash } from './pin.ts';

/** The seal as it stands in the archive. A real key stands here only closed, as its file came. */
export interface StoredSeal {
  /** Base64 of PKCS#8, of a trial seal alone: it proves nothing, so nothing is lost with it. */
  readonly key?: string;
  /** Base64 of the PKCS#12 file, under its own passphrase, which is not kept. */
  readonly keyFile?: string;
  /** Base64, as are its issuers, nearest first. */
  readonly certificate: string;
  readonly chain: readonly string[];
  readonly subject: string;
  /** Made by the program itself, to try things out (`prøvesegl`). */
  readonly trial: boolean;
}

export interface Authority {
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  readonly policy?: string;
  readonly seconds?: number;
}

export interface EidSettings {
  readonly providers: readonly LoginProvider[];
  /** Id of the one that a signer is sent to. */
  readonly default: string | null;
  /** Providers register whole addresses, so the port that they come back to is a fixed one. */
  readonly port: number;
}

export interface PostenSettings {
  readonly on: boolean;
  readonly environment: 'production' | 'test' | 'own';
  /** Of an `own` one; empty else. */
  readonly root: string;
  /** Where it is not the office's own organisation number. */
  readonly sender: string;
  /** Base64. The key file stands here as it came, closed by its own passphrase. */
  readonly certificate: {
    readonly keyFile: string;
    readonly certificate: string;
    readonly chain: readonly string[];
  } | null;
  /** Base64 of DER: who may vouch for the service. */
  readonly authorities: readonly string[];
  readonly queue: string | null;
  /** How many machines with an archive of their own share the agreement, and which this is, from 1. */
  readonly share?: { readonly of: number; readonly number: number };
  /** Whose queue it is (`installation.ts`). */
  readonly installation: string | null;
}

/** Jobs from other systems, by files (`folder-round.ts`). */
export interface FolderSettings {
  readonly on: boolean;
  readonly in: string;
  readonly out: string;
  /** Id of the user in whose name jobs are made; empty before somebody was chosen. */
  readonly user: string;
  /** Opened, or sent to the service, as soon as they are in; else they wait as drafts. */
  readonly open: boolean;
  /** Hex; with it a name becomes the id of a job that no other office has. Null before the first use. */
  readonly salt: string | null;
}

/** Base64 of PKCS#8 and of DER. */
export interface StoredKey {
  readonly key: string;
  readonly certificate: string;
}

export interface PairedScreen {
  readonly id: string;
  readonly name: string;
  /** User id. */
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  /** Hex SHA-256 of the cookie: what stands here opens nothing. */
  readonly cookie: string;
}

/** Kiosks that are machines of their own, and the door they come by (`screen-service.ts`). */
export interface ScreenSettings {
  readonly on: boolean;
  readonly address: string;
  readonly port: number;
  readonly authority: StoredKey | null;
  readonly leaf: StoredKey | null;
  readonly paired: readonly PairedScreen[];
}

/** The office's mail server, for reminders (`reminders.ts`). */
export interface MailSettings {
  readonly on: boolean;
  readonly host: string;
  readonly port: number;
  /** Never without encryption: `tls` from the first byte, or `starttls` before anything is said. */
  readonly security: 'tls' | 'starttls';
  /** Empty: the server asks nobody who they are. */
  readonly user: string;
  readonly password: string | null;
  readonly from: string;
  /** PEM of who vouches for the server, where no public authority does. */
  readonly authority: string | null;
  /** The office's own words; the program's where absent. */
  readonly texts: Readonly<Partial<Record<Language, MailText>>>;
  /** What signers who ask for a copy may be sent; nothing where absent. */
  readonly copies?: MailedCopy;
  /** Days before a deadline on which the program reminds by itself; null: never. */
  readonly daysBefore: number | null;
}

export interface MailText {
  readonly subject: string;
  readonly body: string;
}

export interface Witnesses {
  /** Id of this archive: 32 hex digits, fixed at the first exchange. */
  readonly archive: string | null;
  /** Hex SHA-256 of the keys with which heads of ours were signed. */
  readonly ownKeys: readonly string[];
  readonly offices: readonly KnownOffice[];
  readonly last: WitnessReport | null;
}

/** A language that the office has added; `approved` is of what is said where a legal act is made. */
export interface StoredLanguage extends AddedLanguage {
  readonly approved: { readonly sha256: string; readonly by: string; readonly at: string } | null;
}

export interface Settings {
  readonly organisation: {
    readonly name: string;
    readonly number: string;
    readonly sector: Sector;
  };
  readonly language: Language;
  readonly addedLanguages: readonly StoredLanguage[];
  readonly seal: StoredSeal | null;
  readonly timestamps: readonly Authority[];
  /** Base64 of DER. */
  readonly anchors: readonly string[];
  /** Their files lie in the data folder, by hash. */
  readonly trustedLists: readonly TrustedListView[];
  /** Whether the roots of Norwegian issuers are trusted. */
  readonly norwegianIssuers: boolean;
  readonly exportFolder: string;
  /** `strokeDynamics`: how fast and how hard a stroke is drawn may be biometric data; off where absent. */
  readonly kiosk: {
    readonly idleSeconds: number;
    readonly strokeDynamics?: boolean;
    /** A picture is made by anybody, anywhere, and copied: off where absent. */
    readonly imageMarks?: boolean;
  };
  readonly eid: EidSettings;
  readonly posten: PostenSettings;
  readonly backup: {
    readonly folder: string | null;
    readonly everyHours: number;
    readonly last: BackupReceipt | null;
    readonly lastRehearsal: RehearsalReceipt | null;
  };
  readonly pins: Readonly<Record<string, PinHash>>;
  /** `use`: whether cards are allowed; `known`: the drivers of common cards are looked for. */
  readonly cards: {
    readonly use: boolean;
    readonly known: boolean;
    readonly modules: readonly string[];
    readonly keyFiles: boolean;
  };
  readonly lock: { readonly minutes: number };
  readonly units: readonly UnitView[];
  /** `loginAlone`: a signer may begin at a resting kiosk by logging in; off where absent. */
  readonly counter: {
    readonly twoClerks: boolean;
    readonly pickUpCodes: boolean;
    readonly loginAlone?: boolean;
  };
  /** Users whose passphrase somebody else has chosen. */
  readonly givenPassphrases: readonly string[];
  /** The ways in of users who are not active: out of reach without the archive's key. */
  readonly parkedSlots: Readonly<Record<string, PassphraseSlot>>;
  /** Base64 of the certificates that timestamp authorities last signed with. */
  readonly timestampCertificates: readonly string[];
  /** By user: `<fingerprint> <step>` of what they have read. */
  readonly dismissedWarnings: Readonly<Record<string, readonly string[]>>;
  /** Null: everything counts. */
  readonly identityRules: IdentityRules | null;
  readonly confirmations: Readonly<Partial<Record<Language, OfficeConfirmation>>>;
  readonly folder: FolderSettings;
  /** Where LibreOffice is; empty: where it usually is. */
  readonly office: { readonly program: string };
  readonly screens: ScreenSettings;
  readonly look: OfficeLook;
  readonly mail: MailSettings;
  /** Of lists that become jobs: a secret for their ids, and by template what each heading meant. */
  readonly bulk: {
    readonly salt: string | null;
    readonly columns: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
  readonly witness: WitnessFolders | null;
  readonly witnesses: Witnesses;
}

const defaults: Settings = {
  organisation: { name: '', number: '', sector: 'public' },
  language: 'nb',
  addedLanguages: [],
  seal: null,
  timestamps: [],
  anchors: [],
  trustedLists: [],
  norwegianIssuers: false,
  exportFolder: '',
  kiosk: { idleSeconds: 120 },
  eid: { providers: [], default: null, port: 18_533 },
  posten: {
    ...{ on: false, environment: 'test', root: '', sender: '', certificate: null },
    ...{ authorities: [], queue: null, installation: null },
  },
  backup: { folder: null, everyHours: 24, last: null, lastRehearsal: null },
  pins: {},
  cards: { use: true, known: true, modules: [], keyFiles: true },
  lock: { minutes: 15 },
  units: [{ id: homeUnit, name: '' }],
  counter: { twoClerks: false, pickUpCodes: false },
  givenPassphrases: [],
  parkedSlots: {},
  timestampCertificates: [],
  dismissedWarnings: {},
  identityRules: null,
  confirmations: {},
  folder: { on: false, in: '', out: '', user: '', open: false, salt: null },
  office: { program: '' },
  look: { logo: null, colour: null },
  screens: { on: false, address: '', port: 18_534, authority: null, leaf: null, paired: [] },
  mail: {
    ...{ on: false, host: '', port: 587, security: 'starttls', user: '', password: null, from: '' },
    ...{ authority: null, texts: {}, daysBefore: null },
  },
  bulk: { salt: null, columns: {} },
  witness: null,
  witnesses: { archive: null, ownKeys: [], offices: [], last: null },
};

export function settingsOf(archive: Pick<Archive, 'setting' | 'putSetting' | 'changeSetting'>) {
  return {
    get<K extends keyof Settings>(key: K): Settings[K] {
      const value = archive.setting(key);
      // Only `put` writes here, and the archive authenticates what it reads.
      return value === undefined ? defaults[key] : (value as unknown as Settings[K]);
    },
    /** `actor`: who changes it, or `system` where the program itself does. */
    put<K extends keyof Settings>(key: K, value: Settings[K], actor: string): void {
      archive.putSetting(key, value as unknown as Json, actor);
    },
    /**
     * Of one that several threads or programs change, each its own part: `change` gets it as it is now,
     * and nobody writes in between.
     */
    change<K extends keyof Settings>(
      key: K,
      change: (before: Settings[K]) => Settings[K],
      actor: string,
    ): void {
      archive.changeSetting(
        key,
        (before) =>
          change(
            before === undefined ? defaults[key] : (before as unknown as Settings[K]),
          ) as unknown as Json,
        actor,
      );
    },
    /** As stored, to notice that another program has changed one. */
    all: (): readonly (Json | undefined)[] =>
      Object.keys(defaults).map((key) => archive.setting(key)),
  };
}
