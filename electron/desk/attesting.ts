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
import { hurried, timestampsOf } from './authorities.ts';
import { attestingOf, checkClerkName, type Attesting } from './before-attest.ts';
import { perform, type Act, type Desk } from './desk.ts';
import { versionOf } from './jobs.ts';
import { openOwnKey, type OwnKey } from './own-key.ts';
import { checkSeal, sealOf, toBase64 } from './seal.ts';
import { sealKey } from './seal-keys.ts';
import { settingsOf } from './settings-store.ts';

export interface AttestInput {
  readonly job: string;
  readonly signer: string;
  /** The clerk's own, used for this one act and kept nowhere. */
  readonly key?: OwnKey;
}

interface Chosen {
  readonly by: AttestationSignature['by'];
  readonly means?: 'card' | 'key-file';
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
  const found = attestingOf(desk, input, act.actor);
  if (!found.ok) return found;
  const { job, signer, clerk } = found.value;
  const seen = signingOf(desk, job, signer.id);
  if (seen === null) return fail('job.not-signed', 'The signer has not signed.');
  const chosen =
    input.key === undefined ? sealed(desk) : await clerks(desk, found.value, input.key, act);
  if (!chosen.ok) return chosen;
  const { key, ...who } = chosen.value;
  const statement = attestation(settingsOf(desk.archive).get('language'), signer.name);
  const record = canonicalJson(recordOf(desk, job, signer, clerk, statement, seen));
  const timestamps = timestampsOf(desk);
  const signed = await signDetached(Buffer.from(record), key, {
    crypto: desk.crypto,
    // A card is asked once: without an answer in time its signature stands without a token.
    ...(timestamps === null ? {} : { timestamps: hurried(timestamps, patience), untimed: true }),
  });
  if (!signed.ok) return signed;
  const signature = { ...who, record, cms: toBase64(signed.value) };
  const command = { type: 'attest', signer: signer.id, statement, signature } as const;
  return versionOf(perform(desk, job.id, act.actor, [command]));
}

function sealed(desk: Desk): Result<Chosen> {
  const seal = sealOf(desk);
  const usable = checkSeal(desk);
  if (!usable.ok) return usable;
  if (seal === null) return fail('seal.missing', 'The organisation has no seal.');
  const held = sealKey(desk, seal);
  if (!held.ok) return held;
  return ok({ by: 'seal', key: held.value, subject: seal.subject, trial: seal.trial });
}

async function clerks(
  desk: Desk,
  attesting: Attesting,
  own: OwnKey,
  act: Act,
): Promise<Result<Chosen>> {
  const key = await openOwnKey(desk, own, act);
  if (!key.ok) return key;
  const parsed = parseCertificate(key.value.certificate);
  if (!parsed.ok) return parsed;
  const { commonName: subject, trial } = parsed.value;
  const named = checkClerkName(attesting, subject);
  return named.ok ? ok({ by: 'clerk', means: own.type, key: key.value, subject, trial }) : named;
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
