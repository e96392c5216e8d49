/** `skranke verify`: what is true of each file's signatures, in a sentence and in the standard's words. */
import { basename } from 'node:path';
import { attemptAsync, unwrap } from '../../shared/result.ts';
import type { Language } from '../../shared/job/job.ts';
import type { SignatureReport, VerificationReport } from '../../shared/report.ts';
import { readAnchors } from '../adapters/anchors.ts';
import { norwegianIssuers } from '../adapters/norwegian-issuers.ts';
import type { TrustedListFiles } from '../adapters/trusted-lists.ts';
import { openFileSource } from '../adapters/file-source.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { verifyFile } from '../core/asice/verify-file.ts';
import { UsageError, command, failureOf, parseFlags, readSecret } from './console.ts';
import type { Console } from './console.ts';
import { exitCode, exitCodeFor, worst } from './exit-code.ts';
import { refuseReplacing } from './output.ts';

export const main = command(async (args, terminal) => {
  const { values, positionals } = parseFlags(args, {
    trust: { type: 'string', multiple: true },
    'trusted-list': { type: 'string', multiple: true },
    'known-issuers': { type: 'string' },
    at: { type: 'string' },
    offline: { type: 'boolean' },
    report: { type: 'string' },
    language: { type: 'string' },
    'password-file': { type: 'string' },
  });
  if (positionals.length === 0) throw new UsageError('verify needs at least one file');
  if (values.report !== undefined && positionals.length > 1)
    throw new UsageError('--report is about one file');
  const language = languageNamed(values.language);
  const at = values.at === undefined ? systemClock.now() : new Date(values.at);
  if (Number.isNaN(at.getTime()))
    throw new UsageError('--at takes a time like 2026-11-24T10:00:00Z');
  const settings = await attemptAsync(async () => {
    if (values.report !== undefined) refuseReplacing(values.report, positionals);
    return {
      anchors: [...readAnchors(values.trust ?? []), ...knownIssuers(values['known-issuers'])],
      lists: await trustedListsIn(values['trusted-list'] ?? []),
      password:
        values['password-file'] === undefined ? undefined : readSecret(values['password-file']),
    };
  });
  if (!settings.ok) {
    terminal.failure(settings.error);
    return exitCode.wrongUse;
  }
  const { anchors, lists, password } = settings.value;
  for (const { territory, nextUpdate } of lists?.outdated ?? [])
    terminal.log(
      `the trusted list of ${territory} was to be replaced by ${nextUpdate?.toISOString() ?? ''}: what it says may have changed`,
    );
  const ports = {
    crypto: nodeCrypto,
    ...(values.offline === true
      ? {}
      : { revocation: (await import('./revocation-over-http.ts')).revocationOverHttp() }),
  };
  const codes: number[] = [];
  for (const path of positionals) {
    const report = await attemptAsync(async () => {
      const source = unwrap(openFileSource(path));
      try {
        const services = lists === null ? {} : { services: lists.services };
        const options = { file: basename(path), anchors, at, ...services };
        const found = unwrap(
          await verifyFile(
            source,
            password === undefined ? options : { ...options, password },
            ports,
          ),
        );
        if (values.report !== undefined) {
          const { writeReport } = await import('./verify-report.ts');
          const offline = values.offline === true;
          await writeReport(values.report, found, source, { at, offline, language });
        }
        return found;
      } finally {
        source.close();
      }
    }).catch(failureOf);
    if (report.ok) {
      terminal.emit(report.value);
      tell(terminal, report.value);
      codes.push(report.value.indication === 'TOTAL-PASSED' ? exitCode.done : exitCode.no);
    } else {
      terminal.failure(report.error, { file: basename(path) });
      codes.push(exitCodeFor(report.error));
    }
  }
  return worst(codes);
});

/** Loaded where it is asked for: most verifications have none. */
async function trustedListsIn(paths: readonly string[]): Promise<TrustedListFiles | null> {
  if (paths.length === 0) return null;
  const { readTrustedLists } = await import('../adapters/trusted-lists.ts');
  return readTrustedLists(paths, { crypto: nodeCrypto, now: systemClock.now() });
}

function languageNamed(name = 'nb'): Language {
  if (name !== 'nb' && name !== 'nn' && name !== 'en')
    throw new UsageError('--language takes nb, nn or en');
  return name;
}

function knownIssuers(country: string | undefined): readonly Uint8Array[] {
  if (country === undefined) return [];
  if (country.toUpperCase() !== 'NO') throw new UsageError('--known-issuers takes NO');
  return norwegianIssuers.map(({ certificate }) => Buffer.from(certificate, 'base64'));
}

function tell(terminal: Console, report: VerificationReport): void {
  terminal.say(`${report.file}: ${report.indication}`);
  terminal.say(`  ${report.sentence}`);
  for (const anomaly of report.anomalies) terminal.say(`  ! ${anomaly}`);
  for (const signature of report.signatures) tellSignature(terminal, signature);
}

function tellSignature(terminal: Console, signature: SignatureReport): void {
  const indication =
    signature.subIndication === null
      ? signature.indication
      : `${signature.indication} / ${signature.subIndication}`;
  terminal.say(`  ${signature.field} (${signature.kind}, ${signature.level}): ${indication}`);
  terminal.say(`    ${signature.sentence}`);
  for (const change of signature.changeList) terminal.say(`    - ${change}`);
}
