/** Checks a signature: of any file dropped on the window, or of a document in the archive. In the worker. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { VerificationReport } from '../../shared/report.ts';
import { openFileSource } from '../adapters/file-source.ts';
import type { ByteSource } from '../core/ports.ts';
import { parseCertificate } from '../core/cms/certificate.ts';
import { verifyFile } from '../core/asice/verify-file.ts';
import type { Act, Desk } from './desk.ts';
import { revocationOf } from './revocation.ts';
import { fromBase64, sealOf } from './seal.ts';
import { norwegianAnchors, trustedServicesOf } from './trusted-lists.ts';
import { settingsOf } from './settings-store.ts';

export type VerifyInput =
  | { readonly path: string; readonly name: string; readonly password?: string }
  | { readonly document: string; readonly revision?: number };

export async function verifyDocument(
  desk: Desk,
  input: VerifyInput,
  act: Act,
): Promise<Result<VerificationReport>> {
  if ('path' in input) {
    const file = openFileSource(input.path);
    if (!file.ok) return file;
    try {
      return await verify(desk, told(file.value, act), input.name, input.password);
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
    return await verify(desk, told(source.value, act), name);
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
