/**
 * The files that offices exchange: where a log stands, and that somebody has seen it. Each is a
 * statement and a detached CMS by the office's seal over its canonical JSON (RFC 8785). They say
 * nothing of people or jobs.
 */
import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { fail, ok, type Json, type Result } from '../../shared/result.ts';
import type { WitnessPin } from '../../shared/witness.ts';
import { parseSignedData } from '../core/cms/parsed-signed-data.ts';
import { signDetached } from '../core/cms/sign-detached.ts';
import type { Crypto, SigningKey } from '../core/ports.ts';
import { createCertificateReader } from '../core/trust/certificates.ts';
import { checkCms } from '../core/verify/cms-check.ts';
import type { Certificate } from '../core/cms/certificate.ts';
import { sha256Hex } from './desk.ts';
import { fromBase64, organisationNumberIn, toBase64 } from './seal.ts';

const number = z.string().regex(/^\d{9}$/);
const archive = z.string().regex(/^[0-9a-f]{32}$/);
const seq = z.int().min(1);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** As `toISOString` writes it: two of them compare as text. */
const instant = z.iso.datetime({ precision: 3 });
const signature = z
  .string()
  .max(120_000)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/);
const who = {
  office: z.strictObject({ name: z.string().min(1).max(200), number }),
  archive,
  at: instant,
  version: z.string().max(60),
  /** Signed with a seal that proves nothing. */
  trial: z.boolean(),
};

const headFile = z.strictObject({
  statement: z.strictObject({
    format: z.literal('skranke-head-1'),
    ...who,
    seq,
    hash,
    /** The newest backup this archive was made out of: when, and where its log ended. */
    restored: z.strictObject({ at: instant, seq: z.int().min(0) }).nullable(),
  }),
  signature,
});

const countersignatureFile = z.strictObject({
  statement: z.strictObject({
    format: z.literal('skranke-countersignature-1'),
    ...who,
    of: z.strictObject({ number, archive, seq, hash }),
  }),
  signature,
  /** What was countersigned, whole: nobody can say that the office never said so. */
  head: headFile,
});

export type HeadFile = z.output<typeof headFile>;
export type CountersignatureFile = z.output<typeof countersignatureFile>;
export type WitnessFile = HeadFile | CountersignatureFile;

export function isHead(file: WitnessFile): file is HeadFile {
  return file.statement.format === 'skranke-head-1';
}

/** Fails with `witness.file-unreadable` for whatever is neither of the two. */
export function parseWitnessFile(bytes: Uint8Array): Result<WitnessFile> {
  const parsed = z.union([headFile, countersignatureFile]).safeParse(jsonOf(bytes));
  return parsed.success
    ? ok(parsed.data)
    : fail('witness.file-unreadable', 'The file is none of this exchange.');
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

export async function signStatement<S extends WitnessFile['statement']>(
  statement: S,
  key: SigningKey,
  crypto: Crypto,
): Promise<Result<{ statement: S; signature: string }>> {
  const signed = await signDetached(bytesOf(statement), key, { crypto });
  return signed.ok ? ok({ statement, signature: toBase64(signed.value) }) : signed;
}

function bytesOf(statement: WitnessFile['statement']): Uint8Array {
  return Buffer.from(canonicalJson(statement as unknown as Json));
}

export interface CheckPorts {
  readonly crypto: Crypto;
  readonly now: Date;
  /** The certificate must be valid today, too: for what is countersigned today. */
  readonly lives?: boolean;
}

/**
 * Who signed a statement. Fails with `witness.signature`, `witness.other-organisation`,
 * `witness.trial-hidden`, `witness.seal-expired`, `witness.future`. Whether one trusts whoever it is,
 * is not said here.
 */
export async function checkStatement(
  file: Pick<WitnessFile, 'statement' | 'signature'>,
  { crypto, now, lives }: CheckPorts,
): Promise<Result<WitnessPin>> {
  const { statement } = file;
  const certificate = await signerOf(file, crypto);
  if (certificate === null)
    return fail('witness.signature', 'The file is not signed, or was changed afterwards.');
  if (organisationNumberIn(certificate.subject.attributes) !== statement.office.number)
    return fail('witness.other-organisation', 'The seal is another organisation’s.');
  // What it is stands in the certificate; a file that denies it is not to be believed in the rest.
  if (certificate.trial !== statement.trial)
    return fail('witness.trial-hidden', 'The file does not say that its seal is for trial.');
  const at = Date.parse(statement.at);
  if (at < certificate.notBefore.getTime() || at > certificate.notAfter.getTime())
    return fail('witness.seal-expired', 'The seal’s certificate was not valid then.');
  if (lives === true && now.getTime() > certificate.notAfter.getTime())
    return fail('witness.seal-expired', 'The seal’s certificate has expired.');
  if (at > now.getTime() + day) return fail('witness.future', 'The file is from the future.');
  return ok(pinOf(certificate));
}

const day = 24 * 60 * 60 * 1000;

export function pinOf(certificate: Certificate): WitnessPin {
  return {
    key: sha256Hex(certificate.spki),
    fingerprint: sha256Hex(certificate.der),
    subject: certificate.commonName.slice(0, 300),
    issuer: certificate.issuer.text.slice(0, 600),
    trial: certificate.trial,
  };
}

/** The certificate by which the signature holds without any objection; else null. */
async function signerOf(
  { statement, signature: base64 }: Pick<WitnessFile, 'statement' | 'signature'>,
  crypto: Crypto,
): Promise<Certificate | null> {
  const parsed = parseSignedData(fromBase64(base64));
  if (!parsed.ok || parsed.value.trailing.length > 0) return null;
  const content = bytesOf(statement);
  const { digestAlgorithm } = parsed.value.signer;
  const digest = digestAlgorithm === null ? null : crypto.hash(digestAlgorithm);
  const verdict = await checkCms(
    {
      signed: parsed.value,
      subFilter: 'ETSI.CAdES.detached',
      digest: digest === null ? null : digest.update(content).digest(),
      content: () => content,
      certificates: [],
      read: createCertificateReader(),
    },
    crypto,
  );
  return verdict.intact && verdict.objections.length === 0 ? verdict.certificate : null;
}

/** A countersignature as it is kept beside the log; null where the bytes are none. */
export function keptCountersignature(token: Uint8Array): CountersignatureFile | null {
  const parsed = parseWitnessFile(token);
  return parsed.ok && !isHead(parsed.value) ? parsed.value : null;
}

/** Both halves: their statement over ours, and ours as it was shown to them. */
export function isAbout({ statement: { of }, head }: CountersignatureFile): boolean {
  const { office, ...ours } = head.statement;
  return (
    of.number === office.number &&
    of.archive === ours.archive &&
    of.seq === ours.seq &&
    of.hash === ours.hash
  );
}
