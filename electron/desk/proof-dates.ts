/** Times, sizes and hashes as the evidence for people writes them. */
import type { Language } from '../../shared/job/job.ts';
import { say, type Words } from '../paper/words.ts';
import { timeLine } from './mark-lines.ts';

/** `24. november 2026 kl. 10.41`; the zone is said once for the whole page. */
export function dayAndClock(iso: string, zone: string, language: Language): string {
  return timeLine(new Date(iso), zone, language).replace(/ \([^)]*\)$/, '');
}

/** `Europe/Oslo (CET/UTC+01:00)`. */
export function zoneWords(iso: string, zone: string, language: Language): string {
  return `${zone}${/ \([^)]*\)$/.exec(timeLine(new Date(iso), zone, language))?.[0] ?? ''}`;
}

export function sizeWords(bytes: number, language: Language): string {
  const format = new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'nb-NO', {
    maximumFractionDigits: 1,
  });
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000
    ? `${format.format(Math.round(bytes / 1000))} kB`
    : `${format.format(bytes / 1_000_000)} MB`;
}

export function durationWords(milliseconds: number, words: Words): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60
    ? say(words.duration.seconds, { seconds })
    : say(words.duration.minutes, { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}

export function shortHash(hash: string): string {
  return `${hash.slice(0, 12)}…${hash.slice(-8)}`;
}
