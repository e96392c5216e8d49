/** The flags of `skranke sign`, read once for all its inputs. */
import { basename } from 'node:path';
import type { Placement } from '../../shared/document.ts';
import { unwrap } from '../../shared/result.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { digestsOf } from '../core/pades/scheme.ts';
import type { Mark, SignatureRequest } from '../core/pades/signature.ts';
import type { PdfDocument } from '../core/pdf/document.ts';
import { listSignatureFields } from '../core/pdf/fields.ts';
import type { DigestAlgorithm, SigningKey, Timestamps } from '../core/ports.ts';
import { checkKeyValidity, openKeyFile } from '../eid/key-file.ts';
import { authorities } from './authorities.ts';
import { UsageError, parseFlags, readBytes, readSecret } from './console.ts';
import { makeOutputFolder } from './output.ts';
import type { RaiseLevel } from './raise-level.ts';

export interface SignOptions {
  readonly inputs: readonly string[];
  readonly output?: string;
  readonly outDir?: string;
  readonly key: SigningKey;
  readonly timestamps?: Timestamps;
  readonly password?: string;
  readonly repair: boolean;
  requestFor(document: PdfDocument, time: Date): SignatureRequest;
  readonly level: (typeof levels)[number];
  /** What B-LT and B-LTA add after the signature. */
  readonly raise?: RaiseLevel;
  /** The card goes back to being nobody's. */
  close(): Promise<void>;
}

const levels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;

const flags = {
  output: { type: 'string', short: 'o' },
  'out-dir': { type: 'string' },
  key: { type: 'string' },
  'passphrase-file': { type: 'string' },
  pkcs11: { type: 'string' },
  token: { type: 'string' },
  'pin-file': { type: 'string' },
  cert: { type: 'string' },
  'last-try': { type: 'boolean' },
  level: { type: 'string', default: 'B-B' },
  tsa: { type: 'string', multiple: true },
  trust: { type: 'string', multiple: true },
  field: { type: 'string' },
  at: { type: 'string' },
  image: { type: 'string' },
  name: { type: 'string' },
  reason: { type: 'string' },
  location: { type: 'string' },
  certify: { type: 'string' },
  digest: { type: 'string' },
  pss: { type: 'boolean' },
  'password-file': { type: 'string' },
  repair: { type: 'boolean' },
} as const;

/** Throws a `UsageError` for a wrong use, a `Refusal` for a key or secret that cannot be used. */
export async function readSignOptions(args: readonly string[]): Promise<SignOptions> {
  const { values, positionals } = parseFlags(args, flags);
  const { output, key: keyFile } = values;
  const outDir = values['out-dir'];
  if (positionals.length === 0) throw new UsageError('sign needs at least one file');
  if ((output === undefined) === (outDir === undefined))
    throw new UsageError('sign takes either -o OUT.pdf or --out-dir DIR');
  if (output !== undefined && positionals.length > 1)
    throw new UsageError('several files need --out-dir');
  const namesakes = positionals.map((path) => basename(path).toLowerCase());
  if (new Set(namesakes).size < namesakes.length)
    throw new UsageError('two inputs have one name, and would be one file in --out-dir');
  if ((keyFile === undefined) === (values.pkcs11 === undefined))
    throw new UsageError('sign needs either --key KEY.p12 or --pkcs11 MODULE');
  const level = levels.find((one) => one === values.level);
  if (level === undefined) throw new UsageError(`--level takes ${levels.join(', ')}`);
  const tsa = level === 'B-B' ? [] : authorities(values.tsa);

  const certify = certifyOf(values.certify);
  const at = values.at === undefined ? null : placementOf(values.at);
  const image = values.image === undefined ? undefined : readBytes(values.image);
  if (outDir !== undefined) makeOutputFolder(outDir);
  const timestamps = level === 'B-B' ? undefined : await timestampsAt(tsa);
  const password =
    values['password-file'] === undefined ? undefined : readSecret(values['password-file']);
  const raise =
    timestamps !== undefined && (level === 'B-LT' || level === 'B-LTA')
      ? (await import('./raise-level.ts')).raiseLevel({
          ...{ level, trust: values.trust ?? [], timestamps, password },
        })
      : undefined;
  const key =
    keyFile === undefined
      ? await openCard(values, positionals.length, timestamps)
      : await openKey(keyFile, values['passphrase-file'], values.pss === true);
  const digest = digestOf(values.digest, key);

  return {
    inputs: positionals,
    ...(output === undefined ? {} : { output }),
    ...(outDir === undefined ? {} : { outDir }),
    key: key.key,
    ...(timestamps === undefined ? {} : { timestamps }),
    ...(password === undefined ? {} : { password }),
    level,
    ...(raise === undefined ? {} : { raise }),
    repair: values.repair === true,
    close: async () => key.close?.(),
    requestFor(document, time) {
      const signer = values.name ?? key.name;
      const existing =
        values.field !== undefined &&
        listSignatureFields(document).some(({ name }) => name === values.field);
      const field = existing
        ? { existing: values.field as string }
        : at !== null
          ? { create: { name: values.field ?? freshName(document), placement: at } }
          : values.field === undefined
            ? null
            : { existing: values.field };
      const zoneOffset = -time.getTimezoneOffset();
      const mark: Mark = {
        lines: [
          signer,
          timeText(time, zoneOffset),
          ...[values.reason, values.location].filter((line) => line !== undefined),
        ],
        ...(image === undefined ? {} : { image }),
      };
      return {
        field,
        mark: at !== null || values.field !== undefined ? mark : null,
        time,
        zoneOffset,
        name: signer,
        digest,
        ...(values.reason === undefined ? {} : { reason: values.reason }),
        ...(values.location === undefined ? {} : { location: values.location }),
        ...(certify === undefined ? {} : { certify }),
      };
    },
  };
}

interface OpenedKey {
  readonly key: SigningKey;
  readonly name: string;
  close?(): Promise<void>;
}

/** Loaded for cards alone: a key file starts quicker without it. */
async function openCard(
  values: ReturnType<typeof parseFlags<typeof flags>>['values'],
  signatures: number,
  timestamps: Timestamps | undefined,
): Promise<OpenedKey> {
  const { openCardKey } = await import('./card-key.ts');
  const pinFile = values['pin-file'];
  const card = await openCardKey({
    module: values.pkcs11 ?? '',
    token: values.token,
    certificate: values.cert,
    pin: pinFile === undefined ? null : readSecret(pinFile),
    lastTry: values['last-try'] === true,
    ...{ signatures, timestamps },
  });
  if (values.pss !== true) return card;
  const schemes = card.key.schemes.filter(({ type }) => type === 'rsa-pss');
  if (schemes.length > 0) return { ...card, key: { ...card.key, schemes } };
  await card.close();
  throw new UsageError('--pss needs an RSA key');
}

async function openKey(
  file: string,
  passphraseFile: string | undefined,
  pss: boolean,
): Promise<OpenedKey> {
  const passphrase = passphraseFile === undefined ? '' : readSecret(passphraseFile);
  const opened = unwrap(await openKeyFile(readBytes(file), passphrase));
  unwrap(checkKeyValidity(opened, systemClock.now()));
  const schemes = pss ? opened.schemes.filter(({ type }) => type === 'rsa-pss') : opened.schemes;
  if (schemes.length === 0) throw new UsageError('--pss needs an RSA key');
  const sign: SigningKey['sign'] = (data, scheme) => opened.sign(data, scheme);
  return {
    key: { certificate: opened.certificate, chain: opened.chain, schemes, sign },
    name: opened.commonName,
  };
}

function digestOf(wanted: string | undefined, { key }: OpenedKey): DigestAlgorithm {
  const possible = digestsOf(key);
  const digest = wanted ?? possible[0];
  if (digest !== 'sha256' && digest !== 'sha384' && digest !== 'sha512')
    throw new UsageError('--digest takes sha256, sha384 or sha512');
  return digest;
}

function certifyOf(text: string | undefined): 1 | 2 | 3 | undefined {
  if (text === undefined) return undefined;
  if (text === '1') return 1;
  if (text === '2') return 2;
  if (text === '3') return 3;
  throw new UsageError('--certify takes 1, 2 or 3');
}

function placementOf(text: string): Placement {
  const numbers = text.split(',').map(Number);
  const [page, x, y, width, height] = numbers;
  if (
    numbers.length !== 5 ||
    numbers.some((value) => !Number.isFinite(value)) ||
    page === undefined ||
    x === undefined ||
    y === undefined ||
    width === undefined ||
    height === undefined ||
    !Number.isInteger(page) ||
    page < 1 ||
    width <= 0 ||
    height <= 0
  )
    throw new UsageError(
      '--at takes PAGE,X,Y,W,H: a page from 1, and points from its top left corner',
    );
  return { page: page - 1, x, y, width, height };
}

function freshName(document: PdfDocument): string {
  const taken = new Set(listSignatureFields(document).map(({ name }) => name));
  let number = 1;
  while (taken.has(`Signature${number}`)) number += 1;
  return `Signature${number}`;
}

/** `2026-11-24 10:41:07 +01:00`: no language is known here, so the mark uses ISO 8601. */
function timeText(time: Date, offset: number): string {
  const local = new Date(time.getTime() + offset * 60_000).toISOString();
  const two = (value: number): string => String(value).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  const zone = `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${zone}`;
}

async function timestampsAt(urls: readonly string[]): Promise<Timestamps> {
  const { timestampsOverHttp } = await import('./timestamps-over-http.ts');
  return timestampsOverHttp(urls);
}
