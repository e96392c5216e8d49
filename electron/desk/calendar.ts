/** Days of the office's own zone, as instants. */
import { zoneOffset } from './mark-lines.ts';

const day = 24 * 60 * 60_000;

/** The last second of a day (`2026-12-24`) where the office is; null for what is no day. */
export function endOfDay(date: string, zone: string): string | null {
  const naive = new Date(`${date}T23:59:59Z`);
  if (Number.isNaN(naive.getTime()) || naive.toISOString().slice(0, 10) !== date) return null;
  return new Date(naive.getTime() - zoneOffset(naive, zone) * 60_000).toISOString();
}

/** The last second of the day that is so many days after `from`. */
export function daysAfter(from: Date, days: number, zone: string): string {
  const local = new Date(from.getTime() + zoneOffset(from, zone) * 60_000 + days * day);
  return endOfDay(local.toISOString().slice(0, 10), zone) ?? local.toISOString();
}

/** Whole days between two instants, at least one. */
export function daysBetween(from: string, to: string): number {
  return Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / day));
}
