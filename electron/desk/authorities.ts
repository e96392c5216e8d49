/** The timestamp authorities of the settings as one port: the first that answers wins. */
import { attempt, fail, ok, type Result } from '../../shared/result.ts';
import type { TimestampCheck } from '../../shared/rpc/views.ts';
import { httpTimestamps } from '../adapters/http-timestamps.ts';
import type { Timestamps } from '../core/ports.ts';
import { parseTimestampToken, signerCertificate } from '../core/cms/timestamp-token.ts';
import { sha256Hex, type Desk } from './desk.ts';
import { fromBase64, summaryOf, toBase64 } from './seal.ts';
import { settingsOf } from './settings-store.ts';

type Ports = Pick<Desk, 'archive' | 'clock' | 'crypto' | 'random'>;

/** Null where no authority is configured. The name is the hosts of the authorities. */
export function timestampsOf(desk: Ports): Timestamps | null {
  const urls = settingsOf(desk.archive).get('timestamps');
  const { clock, crypto, random } = desk;
  if (urls.length === 0) return null;
  const authorities = httpTimestamps({ urls, clock, crypto, random });
  return {
    name: authorities.name,
    get tokenSize() {
      return authorities.tokenSize;
    },
    async stamp(imprint) {
      const token = await authorities.stamp(imprint);
      if (token.ok) noteCertificate(desk, token.value);
      return token;
    },
  };
}

/** What the authority signs with now, so that its end is told in time. One for each name. */
function noteCertificate(desk: Ports, token: Uint8Array): void {
  const parsed = parseTimestampToken(token);
  const signer = parsed.ok ? signerCertificate(parsed.value.signedData) : null;
  if (signer === null) return;
  const settings = settingsOf(desk.archive);
  const before = settings.get('timestampCertificates');
  const now = toBase64(signer.der);
  if (before.includes(now)) return;
  const { subject } = summaryOf(signer.der);
  const others = before.filter((one) => summaryOf(fromBase64(one)).subject !== subject);
  // A note for people: a full disk must not take the timestamp with it.
  attempt(() => settings.put('timestampCertificates', [...others, now], 'system'));
}

/** The same, but somebody sits and waits: no answer in time is no timestamp. */
export function hurried(timestamps: Timestamps, milliseconds: number): Timestamps {
  return {
    name: timestamps.name,
    get tokenSize() {
      return timestamps.tokenSize;
    },
    async stamp(imprint) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<Result<Uint8Array>>((resolve) => {
        timer = setTimeout(
          () => resolve(fail('timestamp.slow', 'The authority did not answer in time.')),
          milliseconds,
        );
      });
      try {
        return await Promise.race([timestamps.stamp(imprint), late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** Asks each authority for a timestamp over random bytes. */
export async function checkTimestamps(desk: Desk): Promise<Result<readonly TimestampCheck[]>> {
  const { clock, crypto, random } = desk;
  const digest = Buffer.from(sha256Hex(desk.random.bytes(32)), 'hex');
  const authorities = settingsOf(desk.archive).get('timestamps');
  const checks = authorities.map(async (authority) => {
    const began = performance.now();
    const answer = await httpTimestamps({ urls: [authority], clock, crypto, random }).stamp({
      algorithm: 'sha256',
      digest,
    });
    if (answer.ok) noteCertificate(desk, answer.value);
    return {
      url: authority.url,
      ok: answer.ok,
      code: answer.ok ? null : answer.error.code,
      milliseconds: Math.round(performance.now() - began),
    };
  });
  return ok(await Promise.all(checks));
}
