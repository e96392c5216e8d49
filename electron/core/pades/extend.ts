/** Raises a signed file's level (EN 319 142-1, 6.3): B-T, B-LT, B-LTA, and B-LTA once more as renewal. */
import type { Result } from '../../../shared/result.ts';
import { Refusal, attemptAsync, unwrap } from '../../../shared/result.ts';
import { concat } from '../cms/der-writing.ts';
import { listSignatureFields } from '../pdf/fields.ts';
import { concatSource } from '../pdf/objects.ts';
import { openPdf } from '../pdf/open.ts';
import type { PdfDocument } from '../pdf/document.ts';
import type {
  ByteSource,
  Clock,
  Crypto,
  DigestAlgorithm,
  Random,
  Revocation,
  Timestamps,
} from '../ports.ts';
import { verifyPdf } from '../verify/verify.ts';
import { gatherValidationData } from './gather.ts';
import { timestampDocument } from './timestamp-document.ts';
import { addValidationData } from './validation-store.ts';

export type ExtendLevel = 'B-T' | 'B-LT' | 'B-LTA';

export interface ExtendOptions {
  readonly level: ExtendLevel;
  /** DER of the trust anchors: B-LT and up keep whole chains. */
  readonly anchors: readonly Uint8Array[];
  readonly password?: string;
  /** Hash of the timestamps over the file; SHA-256 where absent. */
  readonly digest?: DigestAlgorithm;
}

export interface ExtendPorts {
  readonly crypto: Crypto;
  readonly random: Random;
  readonly clock: Clock;
  /** May be missing for B-LT where every signature has a proof of time already. */
  readonly timestamps?: Timestamps;
  readonly revocation: Revocation;
}

export interface Extended {
  /** What is to be appended; empty where nothing was missing. */
  readonly tail: Uint8Array;
  /** Names of the timestamp fields that were added. */
  readonly fields: readonly string[];
}

/**
 * The proof of time comes first and the answers about certificates after it, so that they are about a
 * time that is proven; the last timestamp stands over all of it. Nothing is written anywhere.
 * Fails with `timestamp.none` where an authority is needed, what it answers, `certificate.untrusted`,
 * `revocation.unreachable`, `document.unsigned`, and the codes of `openPdf`.
 */
export function extendDocument(
  source: ByteSource,
  options: ExtendOptions,
  ports: ExtendPorts,
): Promise<Result<Extended>> {
  return attemptAsync(async () => {
    const { level } = options;
    const work = createWork(source, options);
    if (!listSignatureFields(work.open()).some(({ signed }) => signed))
      throw new Refusal('document.unsigned', 'There is no signature to extend.');
    if (level === 'B-T' || (await lacksTime(work.source(), options, ports)))
      work.stamped(await stamp(work.open(), options, ports));
    if (level === 'B-T') return work.done();
    const keepAnswers = async (): Promise<void> => {
      const sought = verifyOptions(options, ports);
      const gathered = unwrap(await gatherValidationData(work.source(), sought, ports));
      work.add(unwrap(addValidationData(work.open(), gathered, ports)));
    };
    await keepAnswers();
    if (level === 'B-LT') return work.done();
    work.stamped(await stamp(work.open(), options, ports));
    // An authority that has not stamped this file before: what is known of it is kept, too.
    if (await leansOnNetwork(work.source(), options, ports)) {
      await keepAnswers();
      work.stamped(await stamp(work.open(), options, ports));
    }
    return work.done();
  });
}

/** Whether the file by itself leaves open if a certificate of its timestamps is revoked. */
async function leansOnNetwork(
  source: ByteSource,
  options: ExtendOptions,
  ports: ExtendPorts,
): Promise<boolean> {
  const { crypto } = ports;
  const report = unwrap(await verifyPdf(source, verifyOptions(options, ports), { crypto }));
  return report.signatures.some(
    ({ kind, subIndication }) => kind === 'timestamp' && subIndication === 'TRY_LATER',
  );
}

function createWork(source: ByteSource, { password }: ExtendOptions) {
  let whole = source;
  let tail: Uint8Array = new Uint8Array();
  const fields: string[] = [];
  const add = (more: Uint8Array | null): void => {
    if (more === null) return;
    tail = concat(tail, more);
    whole = concatSource(source, tail);
  };
  return {
    add,
    stamped(stamp: { readonly tail: Uint8Array; readonly field: string }) {
      add(stamp.tail);
      fields.push(stamp.field);
    },
    source: () => whole,
    open: () => unwrap(openPdf(whole, password === undefined ? {} : { password })),
    done: (): Extended => ({ tail, fields }),
  };
}

function verifyOptions({ anchors, password }: ExtendOptions, { clock }: ExtendPorts) {
  const own = password === undefined ? {} : { password };
  return { file: '', anchors, at: clock.now(), ...own };
}

/** Whether some signature has no proof of when it was made. */
async function lacksTime(
  source: ByteSource,
  options: ExtendOptions,
  ports: ExtendPorts,
): Promise<boolean> {
  const report = unwrap(await verifyPdf(source, verifyOptions(options, ports), ports));
  return report.signatures.some(({ bestTime }) => bestTime === null);
}

async function stamp(
  document: PdfDocument,
  { digest }: ExtendOptions,
  { timestamps, crypto, random }: ExtendPorts,
) {
  if (timestamps === undefined)
    throw new Refusal('timestamp.none', 'No timestamp authority is set up.');
  return unwrap(await timestampDocument(document, { timestamps, crypto, random }, digest));
}
