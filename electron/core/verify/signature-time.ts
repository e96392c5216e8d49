/** Dates in signature dictionaries (ISO 32000-2, 7.9.4). */

const FORM =
  /^D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:([Zz])|([+-])(\d{2})'?(\d{2})?'?)?/;

/** The instant as ISO 8601 in UTC, or null where the text is no date. No zone counts as UTC. */
export function pdfTime(text: string): string | null {
  const match = FORM.exec(text);
  if (match === null) return null;
  const part = (index: number, fallback: number): number => Number(match[index] ?? fallback);
  const [month, day, hour, minute, second] = [
    part(2, 1),
    part(3, 1),
    part(4, 0),
    part(5, 0),
    part(6, 0),
  ];
  const offset = part(9, 0) * 60 + part(10, 0);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
    return null;
  if (offset > 14 * 60) return null;
  const east = match[8] === '-' ? -offset : offset;
  const date = new Date(0);
  date.setUTCFullYear(part(1, 0), month - 1, day);
  date.setUTCHours(hour, minute - east, second);
  return date.toISOString();
}
