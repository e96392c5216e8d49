/** The verdict on a signed container and each of its signatures (EN 319 102-1; EN 319 162-1). */
import type { SignatureReport, VerificationReport } from '../../../shared/report.ts';
import { attemptAsync, unwrap } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { createCertificateReader } from '../trust/certificates.ts';
import { createAnswerReader } from '../trust/revocation-evidence.ts';
import { currentConstraints } from '../trust/strength.ts';
import type { CryptoConstraints } from '../trust/strength.ts';
import { documentSentence } from '../verify/sentences.ts';
import { failed, unsure } from '../verify/verdict.ts';
import type { Objection } from '../verify/verdict.ts';
import { checkCadesEntry } from './check-cades.ts';
import { checkXadesEntry } from './check-xades.ts';
import { sortContainer } from './container.ts';
import type { Container } from './container.ts';
import { judgeChecked } from './judge.ts';
import type { Checked, ContainerPorts } from './judge.ts';
import { readZip } from './read-zip.ts';

export interface ContainerOptions {
  /** Name of the file, for the report only. */
  readonly file: string;
  /** DER of the trust anchors. */
  readonly anchors: readonly Uint8Array[];
  /** When somebody looks; timestamps can prove an earlier time. */
  readonly at: Date;
  /** `currentConstraints` where absent. */
  readonly constraints?: CryptoConstraints;
}

/** Signatures of one container that are looked at; more is no container of documents. */
const MAX_SIGNATURES = 100;

/**
 * Verifies ASiC-E and ASiC-S with XAdES or CAdES, and the remote service's packages. Outcomes stand in the
 * report. Fails only where there is nothing to report on: the codes of `readZip`, `asice.malformed`.
 */
export async function verifyContainer(
  bytes: Uint8Array,
  options: ContainerOptions,
  ports: ContainerPorts,
): Promise<Result<VerificationReport>> {
  return attemptAsync(async () => {
    const container = sortContainer(unwrap(readZip(bytes)));
    const read = createCertificateReader();
    const checked: Checked[] = [];
    for (const entry of container.xades)
      checked.push(...(await checkXadesEntry(entry, container.files, read, ports.crypto)));
    for (const entry of container.cades)
      checked.push(await checkCadesEntry(entry, container, read, ports.crypto));
    const found = containerObjections(container, checked.length);
    const objections = found.map(([, objection]) => objection);
    const theCase = {
      anchors: read(options.anchors),
      at: options.at,
      read,
      readAnswer: createAnswerReader(),
      constraints: options.constraints ?? currentConstraints,
      files: container.files.map(({ name }) => name),
      length: container.files.reduce((sum, file) => sum + file.bytes.length, 0),
      objections,
    };
    const signatures: SignatureReport[] = [];
    for (const each of checked.slice(0, MAX_SIGNATURES))
      signatures.push(await judgeChecked(each, theCase, ports));
    const order = ['TOTAL-FAILED', 'INDETERMINATE', 'TOTAL-PASSED'] as const;
    const indication =
      order.find((level) => signatures.some((each) => each.indication === level)) ?? 'NO-SIGNATURE';
    const anomalies = objections.map(({ problem }) => problem);
    return {
      file: options.file,
      indication,
      sentence: documentSentence(indication, signatures, anomalies),
      anomalies,
      anomalyCodes: found.map(([code]) => ({ code })),
      signatures,
    };
  });
}

/** Each with its code for the language files. */
function containerObjections(
  container: Container,
  signatures: number,
): readonly (readonly [string, Objection])[] {
  const objections: [string, Objection][] = [];
  if (container.strays.length > 0)
    objections.push([
      'container.unknown',
      failed('FORMAT_FAILURE', 'something unknown lies among its signatures'),
    ]);
  if (container.files.length === 0)
    objections.push([
      'container.empty',
      failed('FORMAT_FAILURE', 'the container holds no document'),
    ]);
  if (container.type === 'simple' && container.files.length > 1)
    objections.push([
      'container.several',
      failed('FORMAT_FAILURE', 'a container for one file holds several'),
    ]);
  if (signatures > MAX_SIGNATURES)
    objections.push([
      'container.too-many',
      unsure('GENERIC', 'it has more signatures than are looked at'),
    ]);
  if (container.timestamps.length > 0)
    objections.push([
      'container.timestamps',
      unsure('GENERIC', 'it has timestamps of a kind not checked here'),
    ]);
  return objections;
}
