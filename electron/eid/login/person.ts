/** Who a login says it was. */
import type { Claims } from './id-token.ts';
import type { ClaimNames } from './provider.ts';

export interface LoginPerson {
  /** As people write it, first name first; empty where the provider gives none. */
  readonly name: string;
  /** ISO date. */
  readonly birthDate: string | null;
  readonly nationalId: string | null;
}

export function personIn(claims: Claims, names: ClaimNames): LoginPerson {
  const number = text(claims, names.nationalId);
  const nationalId = /^\d{11}$/.test(number) ? number : null;
  const born = text(claims, names.birthDate);
  const birthDate = /^\d{4}-\d{2}-\d{2}$/.test(born) ? born : null;
  const given = `${text(claims, 'given_name')} ${text(claims, 'family_name')}`.trim();
  const name = turned(text(claims, names.name)) || given;
  return {
    name: name.slice(0, 200),
    birthDate: birthDate ?? (nationalId === null ? null : bornBy(nationalId)),
    nationalId,
  };
}

function text(claims: Claims, name: string): string {
  const value = name !== '' && Object.hasOwn(claims, name) ? claims[name] : '';
  return typeof value === 'string' ? value.trim() : '';
}

/** BankID's common names stand as in its certificates: `Nordmann, Kari`. */
function turned(name: string): string {
  const parts = name.split(',').map((part) => part.trim());
  return parts.length === 2 ? `${parts[1] ?? ''} ${parts[0] ?? ''}`.trim() : name;
}

/**
 * The birth date behind a national identity number (folkeregisterforskriften § 2-2-1): D-numbers add 40
 * to the day, numbers for testing add 40, 65 or 80 to the month. Null where it is none.
 */
export function bornBy(nationalId: string): string | null {
  const at = (from: number, to: number) => Number(nationalId.slice(from, to));
  const day = at(0, 2) > 40 ? at(0, 2) - 40 : at(0, 2);
  const over = [80, 65, 40].find((step) => at(2, 4) > step) ?? 0;
  const month = at(2, 4) - over;
  const year = centuryOf(at(4, 6), at(6, 9)) + at(4, 6);
  const two = (value: number) => String(value).padStart(2, '0');
  const iso = `${year}-${two(month)}-${two(day)}`;
  const parsed = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== iso ? null : iso;
}

function centuryOf(year: number, individual: number): number {
  if (individual < 500) return 1900;
  if (individual < 750 && year >= 54) return 1800;
  return year < 40 ? 2000 : 1900;
}
