/**
 * The organisation's seal over pages of our own making (the evidence for people, the package): it
 * certifies them, with a timestamp where an authority answers in time.
 */
import { ok, type Result } from '../../shared/result.ts';
import { digestsOf } from '../core/pades/scheme.ts';
import { sign } from '../core/pades/sign.ts';
import { memorySource } from '../core/pdf/objects.ts';
import { openPdf } from '../core/pdf/open.ts';
import type { SigningKey, Timestamps } from '../core/ports.ts';
import { hurried, timestampsOf } from './authorities.ts';
import type { Desk } from './desk.ts';
import { zoneOffset } from './mark-lines.ts';
import { checkSeal, sealOf } from './seal.ts';
import { sealKey } from './seal-keys.ts';
import { settingsOf } from './settings-store.ts';

export interface CoverSeal {
  /** Null where the organisation has no seal, or none that is valid today. */
  readonly subject: string | null;
  readonly trial: boolean;
  /** Why there is none: the code that says so; null where there is one. */
  readonly missing: string | null;
  /** The bytes to append; none without a seal. */
  over(bytes: Uint8Array): Promise<Result<Uint8Array>>;
}

/** Once without an answer, the next page does not wait again. */
const patience = 3000;

/** One for a whole export: an authority that is out of reach is asked once. */
export function createCoverSeal(desk: Desk): CoverSeal {
  const stored = sealOf(desk);
  const checked = checkSeal(desk);
  const usable = stored !== null && checked.ok ? sealKey(desk, stored) : null;
  if (stored === null || usable?.ok !== true) {
    const why = usable ?? checked;
    return {
      ...{ subject: null, trial: false, missing: why.ok ? 'seal.missing' : why.error.code },
      over: () => Promise.resolve(ok(new Uint8Array())),
    };
  }
  const key = usable.value;
  const authority = timestampsOf(desk);
  let timestamps = authority === null ? null : hurried(authority, patience);
  return {
    subject: stored.subject,
    trial: stored.trial,
    missing: null,
    async over(bytes) {
      if (timestamps !== null) {
        const timed = await sealed(desk, bytes, key, timestamps);
        if (timed.ok) return timed;
        timestamps = null;
      }
      return sealed(desk, bytes, key, null);
    },
  };
}

async function sealed(
  desk: Desk,
  bytes: Uint8Array,
  key: SigningKey,
  timestamps: Timestamps | null,
): Promise<Result<Uint8Array>> {
  const pdf = openPdf(memorySource(bytes), { repair: 'strict' });
  if (!pdf.ok) return pdf;
  const time = desk.clock.now();
  const { name } = settingsOf(desk.archive).get('organisation');
  const signed = await sign(
    pdf.value,
    {
      field: { create: { name: 'Seal', placement: null, label: name } },
      ...{ mark: null, time, zoneOffset: zoneOffset(time, desk.zone), name, certify: 2 },
      digest: digestsOf(key)[0] ?? 'sha256',
    },
    key,
    {
      ...{ crypto: desk.crypto, fonts: desk.fonts(), random: desk.random },
      ...(timestamps === null ? {} : { timestamps }),
    },
  );
  return signed.ok ? ok(signed.value.tail) : signed;
}
