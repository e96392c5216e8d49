/**
 * The clerk's statement (DOMAIN, the kiosk, step 9), signed: with a key of the clerk's own where they
 * give one for this act, else with the organisation's seal, and never one by the other's name. In the worker.
 */
import { attestation } from '../../shared/job/attestation.ts';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { AttestationSignature, JobEvent } from '../../shared/job/event.ts';
import type { Job, SignerStatus } from '../../shared/job/job.ts';
import { fail, ok, type Json, type Result } from '../../shared/result.ts';
import type { ChainedEvent, User } from '../archive/archive.ts';
import { parseCertificate } from '../core/cms/certificate.ts';
import { signDetached } from '../core/cms/sign-detached.ts';
import type { SigningKey } from '../core/ports.ts';
import { checkKeyValidity, openKeyFile } from '../eid/key-file.ts';
import { hurried, timestampsOf } from './authorities.ts';
import { jobOr, perform, type Act, type Desk } from './desk.ts';
import { versionOf } from './jobs.ts';
import { checkSeal, sealOf, toBase64 } from './seal.ts';
import { sealKey } from './seal-keys.ts';
import { settingsOf } from './settings-store.ts';

export interface AttestInput {
  readonly job: string;
  readonly signer: string;
  /** The clerk's own key, used for this one act and kept nowhere. */
  readonly keyFile?: { readonly bytes: Uint8Array; readonly passphrase: string };
}

interface Chosen {
  readonly by: AttestationSignature['by'];
  readonly key: SigningKey;
  readonly subject: string;
  readonly trial: boolean;
}

/** The clerk waits; without an answer by then the statement stands with the clock's time alone. */
const patience = 3000;

export async function attestJob(
  desk: Desk,
  input: AttestInput,
  act: Act,
): Promise<Result<{ version: number }>> {
  const found = jobOr(desk, input.job);
  if (!found.ok) return found;
  const job = found.value;
  const signer = job.signers.find((one) => one.id === input.signer);
  const clerk = desk.archive.users().find((user) => user.id === act.actor);
  if (signer === undefined || clerk === undefined)
    return fail('signer.unknown', 'The job has no such signer.');
  const seen = signingOf(desk, job, signer.id);
  if (seen === null) return fail('job.not-signed', 'The signer has not signed.');
  const chosen = await chooseKey(desk, input, clerk);
  if (!chosen.ok) return chosen;
  const { key, ...who } = chosen.value;
  const statement = attestation(settingsOf(desk.archive).get('language'), signer.name);
  const record = canonicalJson(recordOf(desk, job, signer, clerk, statement, seen));
  const timestamps = timestampsOf(desk);
  const ports = { crypto: desk.crypto };
  const content = Buffer.from(record);
  const timed =
    timestamps === null
      ? null
      : await signDetached(content, key, { ...ports, timestamps: hurried(timestamps, patience) });
  const signed = timed?.ok === true ? timed : await signDetached(content, key, ports);
  if (!signed.ok) return signed;
  const signature = { ...who, record, cms: toBase64(signed.value) };
  const command = { type: 'attest', signer: signer.id, statement, signature } as const;
  return versionOf(perform(desk, job.id, act.actor, [command]));
}

async function chooseKey(desk: Desk, input: AttestInput, clerk: User): Promise<Result<Chosen>> {
  if (input.keyFile === undefined) {
    const seal = sealOf(desk);
    const usable = checkSeal(desk);
    if (!usable.ok) return usable;
    if (seal === null) return fail('seal.missing', 'The organisation has no seal.');
    const held = sealKey(desk, seal);
    if (!held.ok) return held;
    return ok({ by: 'seal', key: held.value, subject: seal.subject, trial: seal.trial });
  }
  const opened = await openKeyFile(input.keyFile.bytes, input.keyFile.passphrase);
  if (!opened.ok) return opened;
  const key = opened.value;
  const valid = checkKeyValidity(key, desk.clock.now());
  if (!valid.ok) return valid;
  const parsed = parseCertificate(key.certificate);
  if (!parsed.ok) return parsed;
  const { commonName: subject, trial } = parsed.value;
  // Somebody else's key would put somebody else's name under the clerk's words.
  if (!isNamed(subject, clerk.name))
    return fail('attest.other-name', 'The certificate is another person’s.', { subject });
  return ok({ by: 'clerk', key, subject, trial });
}

/** Middle names may stand in one of them only; the first and the last name must be the same. */
function isNamed(subject: string, name: string): boolean {
  const words = (text: string) =>
    text
      .normalize('NFC')
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean);
  const theirs = words(subject);
  const own = words(name);
  return [own[0], own.at(-1)].every((word) => word !== undefined && theirs.includes(word));
}

interface Seen {
  readonly signed: ChainedEvent & { readonly event: Extract<JobEvent, { type: 'signed' }> };
  readonly identityCheckHash: string | null;
}

/** The signing a statement speaks of, and the check of who it was that went before it. */
function signingOf(desk: Desk, job: Job, signer: string): Seen | null {
  let identityCheckHash: string | null = null;
  for (const recorded of desk.archive.events(job.id)) {
    const { event } = recorded;
    if (event.type === 'handed-over' && event.signer === signer)
      identityCheckHash = event.identityCheckHash;
    if (event.type === 'signed' && event.signer === signer)
      return { signed: { ...recorded, event }, identityCheckHash };
  }
  return null;
}

function recordOf(
  desk: Desk,
  job: Job,
  signer: SignerStatus,
  clerk: User,
  statement: string,
  { signed, identityCheckHash }: Seen,
): Json {
  const { name, number } = settingsOf(desk.archive).get('organisation');
  return {
    format: 'skranke-attestation-1',
    time: desk.clock.now().toISOString(),
    zone: desk.zone,
    organisation: { name, number },
    clerk: { id: clerk.id, name: clerk.name },
    statement,
    job: job.id,
    signer: { id: signer.id, name: signer.name },
    evidenceHash: signed.event.evidenceHash,
    identityCheckHash,
    // The signing's own place in the log: nobody can put the statement under another one.
    log: { version: signed.version, hash: signed.hash },
  };
}
