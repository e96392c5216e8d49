/** xs:dateTime (XML Schema 1.0, 3.2.7), the only form of time in these formats. */

/** The instant at an offset in minutes east of Greenwich, to the second: `2018-11-29T09:15:00+01:00`. */
export function formatDateTime(time: Date, zoneOffset: number): string {
  const shifted = new Date(time.getTime() + zoneOffset * 60_000);
  const clock = shifted.toISOString().slice(0, 19);
  if (zoneOffset === 0) return `${clock}Z`;
  const minutes = Math.abs(zoneOffset);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${clock}${zoneOffset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Null where the text is no date with a time and a zone. */
export function parseDateTime(text: string): Date | null {
  const form =
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
  if (!form.test(text)) return null;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time;
}
