import { idnr } from '@navikt/fnrvalidator';

/** National identity numbers and D-numbers; one that comes masked from the archive was checked when it was written. */
export function isNationalId(text: string): boolean {
  return text.includes('*') || idnr(text.replace(/\s/g, '')).status === 'valid';
}
