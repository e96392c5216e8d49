/** Checks a signature: of any file dropped on the window, or of a document in the archive. In the worker. */
import type { Language } from '../../shared/job/job.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { VerificationReport } from '../../shared/report.ts';
import { openFileSource } from '../adapters/file-source.ts';
import { paperFonts } from '../adapters/fonts.ts';
import type { ByteSource } from '../core/ports.ts';
import { parseCertificate } from '../core/cms/certificate.ts';
import { verifyFile } from '../core/asice/verify-file.ts';
import { hashSource } from '../core/pades/digest-of.ts';
import { toHex } from '../core/pades/sign.ts';
import { reportFile } from '../paper/report-file.ts';
import type { Act, Desk } from './desk.ts';
import { timeLine } from './mark-lines.ts';
import { revocationOf } from './revocation.ts';
import { fromBase64, sealOf } from './seal.ts';
import { norwegianAnchors, trustedServicesOf } from './trusted-lists.ts';
import { settingsOf } from './settings-store.ts';

export type VerifyInput =
  | { readonly path: string; readonly name: string; readonly password?: string }
  | { readonly document: string; readonly revision?: number };

export function verifyDocument(
  desk: Desk,
  input: VerifyInput,
  act: Act,
): Promise<Result<VerificationReport>> {
  return withSource(desk, input, (source, name) =>
    verify(desk, told(source, act), name, 'path' in input ? input.password : undefined),
  );
}

/** The same as PDF/A that people can read, about the file with one SHA-256. */
export function reportOn(
  desk: Desk,
  { language, ...input }: VerifyInput & { readonly language: Language },
  act: Act,
): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }>> {
  return withSource(desk, input, async (source, name) => {
    const read = told(source, act);
    const password = 'path' in input ? input.password : undefined;
    const report = await verify(desk, read, name, password);
    if (!report.ok) return report;
    const at = desk.clock.now();
    const bytes = await reportFile(
      report.value,
      {
        ...{ language, offline: false, at: at.toISOString(), length: source.length },
        sha256: toHex(hashSource(read, desk.crypto, 'sha256').digest()),
        version: desk.version,
        when: (iso) => timeLine(new Date(iso), desk.zone, language),
        id: toHex(desk.random.bytes(16)),
      },
      paperFonts(),
    );
    return ok({ name: `kontroll-${at.toISOString().slice(0, 10)}.pdf`, bytes });
  });
}

async function withSource<T>(
  desk: Desk,
  input: VerifyInput,
  body: (source: ByteSource, name: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  if ('path' in input) {
    const file = openFileSource(input.path);
    if (!file.ok) return file;
    try {
      return await body(file.value, input.name);
    } finally {
      file.value.close();
    }
  }
  const job = desk.archive.jobOf(input.document);
  if (job === null) return fail('document.unknown', 'There is no such document.');
  const documents = desk.archive.documents(job);
  const name = documents.find((one) => one.id === input.document)?.fileName ?? '';
  const source = desk.archive.source(input.document, input.revision);
  if (!source.ok) return source;
  try {
    return await body(source.value, name);
  } finally {
    source.value.close();
  }
}

/** Reading is what takes time: each large read tells how far it is, and is where a cancel takes hold. */
function told(source: ByteSource, act: Act): ByteSource {
  const { length } = source;
  const readInto = source.readInto?.bind(source);
  let done = 0;
  const tell = (count: number) => {
    // Some of it is read more than once: it is not done before the report is there.
    done = Math.min(length - 1, done + count);
    act.progress({ step: 'verify', done, total: length });
  };
  return {
    length,
    read(offset, count) {
      tell(count);
      return source.read(offset, count);
    },
    ...(readInto === undefined
      ? {}
      : {
          readInto(offset: number, into: Uint8Array) {
            tell(into.length);
            readInto(offset, into);
          },
        }),
  };
}

async function verify(
  desk: Desk,
  source: ByteSource,
  file: string,
  password?: string,
): Promise<Result<VerificationReport>> {
  const { anchors, seals } = trustOf(desk);
  const services = await trustedServicesOf(desk);
  const lists = services === null ? {} : { services };
  const options = { file, anchors, seals, at: desk.clock.now(), ...lists };
  const report = await verifyFile(
    source,
    password === undefined ? options : { ...options, password },
    { crypto: desk.crypto, revocation: revocationOf(desk) },
  );
  return report.ok ? ok(report.value) : report;
}

/**
 * What this office trusts: the anchors of its settings and its own seal (a trial seal too: the report
 * says that it is one). Only under its own seal does a claim of who signed count.
 */
export function trustOf(desk: Desk): {
  readonly anchors: readonly Uint8Array[];
  readonly seals: readonly Uint8Array[];
} {
  const anchors = [
    ...settingsOf(desk.archive).get('anchors').map(fromBase64),
    ...norwegianAnchors(desk),
  ];
  const seal = sealOf(desk);
  if (seal === null) return { anchors, seals: [] };
  const certificate = fromBase64(seal.certificate);
  const parsed = parseCertificate(certificate);
  const selfMade = parsed.ok && parsed.value.selfIssued;
  return { anchors: selfMade ? [...anchors, certificate] : anchors, seals: [certificate] };
}
