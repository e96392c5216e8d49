/** The lines beside a mark: who, when with the zone, as what. In the signer's language. */
import type { Job, Language, SignerRole, SignerSpec } from '../../shared/job/job.ts';
import type { LoginProof } from '../../shared/job/proof.ts';
import { locales } from '../../shared/words/locales.ts';

const roleWords: Readonly<Record<Language, Readonly<Record<SignerRole, string>>>> = {
  nb: {
    signer: '',
    approver: 'Godkjenner',
    witness: 'Vitne',
    interpreter: 'Tolk',
    guardian: 'Verge for',
    parent: 'Foresatt for',
    proxy: 'Fullmektig for',
  },
  nn: {
    signer: '',
    approver: 'Godkjennar',
    witness: 'Vitne',
    interpreter: 'Tolk',
    guardian: 'Verje for',
    parent: 'Føresett for',
    proxy: 'Fullmektig for',
  },
  en: {
    signer: '',
    approver: 'Approver',
    witness: 'Witness',
    interpreter: 'Interpreter',
    guardian: 'Legal guardian of',
    parent: 'Parent of',
    proxy: 'Proxy for',
  },
};

const certificateWords: Readonly<Record<Language, string>> = {
  nb: 'Sertifikat fra',
  nn: 'Sertifikat frå',
  en: 'Certificate from',
};

const loginWords: Readonly<Record<Language, (means: string, level: 3 | 4) => string>> = {
  nb: (means, level) => `Innlogget med ${means}, nivå ${level}`,
  nn: (means, level) => `Innlogga med ${means}, nivå ${level}`,
  en: (means, level) => `Logged in with ${means}, level ${level}`,
};

/** What the signer has shown to be who they are; null where it was shown to the clerk alone. */
export function proofLine(job: Job, language: Language): string | null {
  const given = job.state === 'open' ? job.atKiosk?.proof?.given : undefined;
  if (given === undefined) return null;
  if (given.means !== 'login') return `${certificateWords[language]} ${given.issuer}`;
  return loginWords[language](providerName(given), given.level);
}

/** Never another's name: a provider that we do not know is called by its own address. */
function providerName({ provider, issuer }: LoginProof): string {
  switch (provider) {
    case 'id-porten':
      return 'ID-porten';
    case 'bankid':
      return 'BankID';
    case 'generic':
      return URL.canParse(issuer) ? new URL(issuer).hostname : issuer;
  }
}

/** Name (with what the job wants printed beside it), time, role, and what was shown for it. */
export function markLines(
  job: Pick<Job, 'spec'>,
  signer: SignerSpec,
  time: Date,
  zone: string,
  shown: string | null = null,
): readonly string[] {
  const role = roleWords[signer.language][signer.role];
  const forWhom = signer.onBehalfOf === 'OTHER' ? (signer.forWhom ?? '') : '';
  const asWhat = [signer.title, `${role} ${forWhom}`.trim()].filter((part) => part !== '');
  return [
    identified(job, signer),
    timeLine(time, zone, signer.language),
    asWhat.join(', '),
    shown ?? '',
  ].filter((line) => line !== '');
}

function identified({ spec }: Pick<Job, 'spec'>, signer: SignerSpec): string {
  switch (spec.identifierInDocument) {
    case 'NAME':
      return signer.name;
    case 'BIRTH_DATE_AND_NAME': {
      const born = birthDate(signer);
      return born === null ? signer.name : `${signer.name}, ${born}`;
    }
    case 'NATIONAL_ID_AND_NAME':
      return signer.nationalId === undefined
        ? signer.name
        : `${signer.name}, ${signer.nationalId.slice(0, 6)} ${signer.nationalId.slice(6)}`;
  }
}

/** `24.12.1980`, or `241280` where only the number is known: it does not tell the century. */
function birthDate(signer: SignerSpec): string | null {
  if (signer.birthDate !== undefined) return signer.birthDate.split('-').reverse().join('.');
  return signer.nationalId?.slice(0, 6) ?? null;
}

/** `24. november 2026 kl. 10.41 (CET/UTC+01:00)`. */
export function timeLine(time: Date, zone: string, language: Language): string {
  const day = new Intl.DateTimeFormat([...locales[language]], {
    timeZone: zone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(time);
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(time);
  const at = language === 'en' ? `${day} at ${clock}` : `${day} kl. ${clock.replace(':', '.')}`;
  const offset = zoneOffset(time, zone);
  const name = zoneName(time, zone);
  const utc = `UTC${offsetText(offset)}`;
  return `${at} (${name === '' || name === 'UTC' ? utc : `${name}/${utc}`})`;
}

/** Minutes east of UTC at that time. */
export function zoneOffset(time: Date, zone: string): number {
  const text = part(time, zone, 'longOffset');
  const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(text);
  if (match === null || match[1] === undefined) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

function zoneName(time: Date, zone: string): string {
  // Abbreviations are the locale's: British English knows CET and CEST.
  const name = part(time, zone, 'short');
  return /^[A-Z]{2,5}$/.test(name) && name !== 'GMT' ? name : '';
}

/** An office has one zone, and making a format takes a millisecond. */
const formats = new Map<string, Intl.DateTimeFormat>();

function part(time: Date, zone: string, style: 'short' | 'longOffset'): string {
  const key = `${style} ${zone}`;
  const format =
    formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: style });
  formats.set(key, format);
  const parts = format.formatToParts(time);
  return parts.find((one) => one.type === 'timeZoneName')?.value ?? '';
}

function offsetText(minutes: number): string {
  const abs = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(abs / 60))}:${two(abs % 60)}`;
}
