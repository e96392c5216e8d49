/** Which timestamp authorities to ask: `--tsa`, or the environment where an address is a secret. */
import { UsageError } from './console.ts';

/** The addresses of `--tsa`, else those in SKRANKE_TSA, separated by blanks; never none. */
export function authorities(given: readonly string[] | undefined): readonly string[] {
  const credentials = (given ?? []).some(
    (url) => URL.canParse(url) && (new URL(url).username !== '' || new URL(url).password !== ''),
  );
  // Arguments are there for everybody on the machine to read.
  if (credentials) throw new UsageError('an address with a password goes into SKRANKE_TSA');
  const urls = given ?? (process.env['SKRANKE_TSA'] ?? '').split(/\s+/).filter((url) => url !== '');
  if (urls.length === 0) throw new UsageError('a timestamp needs --tsa URL, or SKRANKE_TSA');
  return urls;
}
