/**
 * The evidence record: everything that was so when somebody signed. Its SHA-256 stands inside the
 * signed bytes, so the record can be held against the signature for ever.
 */
import type { FilledField } from '../../shared/job/field.ts';
import type { Job, SignerStatus } from '../../shared/job/job.ts';
import { maskedProof } from '../../shared/job/masks.ts';
import type { Json } from '../../shared/result.ts';
import { sha256Hex, type Desk } from './desk.ts';
import { filledInEvidence } from './filled-fields.ts';
import type { SignInput } from './sign-documents.ts';
import { settingsOf } from './settings-store.ts';
import { dynamicsHash, type TakenMark } from './stroke-dynamics.ts';

/** As JSON for `canonicalJson`. No national identity number: the name and the check say who it was. */
export function evidenceOf(
  desk: Desk,
  job: Job,
  signer: SignerStatus,
  input: Omit<SignInput, 'filled'> &
    Pick<TakenMark, 'dynamics'> & { readonly filled: readonly FilledField[] },
  time: Date,
): Json {
  const atKiosk = job.state === 'open' ? job.atKiosk : null;
  const clerk = desk.archive.users().find((user) => user.id === input.clerk);
  const { name, number } = settingsOf(desk.archive).get('organisation');
  const record = {
    format: 'skranke-evidence-1',
    program: { name: 'Skranke', version: desk.version },
    organisation: { name, number },
    time: time.toISOString(),
    zone: desk.zone,
    job: { id: job.id, title: job.spec.title },
    signer: {
      id: signer.id,
      name: signer.name,
      title: signer.title,
      role: signer.role,
      onBehalfOf: signer.onBehalfOf,
      ...(signer.forWhom === undefined ? {} : { forWhom: signer.forWhom }),
      ...(signer.proof === undefined ? {} : { proof: signer.proof }),
    },
    kind: signer.kind,
    clerk: { id: input.clerk, name: clerk?.name ?? '' },
    identityCheck: atKiosk?.identityCheck ?? null,
    identityCheckHash: atKiosk?.identityCheckHash ?? null,
    // Without a clerk beside them; the login that began it proves nothing of this signature.
    ...(atKiosk?.alone === undefined ? {} : { alone: atKiosk.alone }),
    ...(atKiosk?.login === undefined ? {} : { firstLogin: atKiosk.login }),
    // A login by its hashes: the token names the national identity number, the signed bytes must not.
    proof: atKiosk?.proof ? { ...atKiosk.proof, given: maskedProof(atKiosk.proof.given) } : null,
    confirmed: atKiosk?.confirmed ?? null,
    // Binds the job's log so far into the signed bytes: nobody can write it anew afterwards.
    log: logOf(desk, job),
    shown: input.shown,
    ...filledInEvidence(job, input.filled, input.initials),
    mark: {
      ...{ type: input.mark.type, sha256: markHash(input.mark) },
      // How it was drawn by its hash: what stands in the archive can be held against it.
      ...(input.dynamics ? { dynamicsSha256: dynamicsHash(input.dynamics) } : {}),
    },
  };
  // Readonly interfaces are JSON, but not to the compiler: they have no index signature.
  return JSON.parse(JSON.stringify(record)) as Json;
}

/** Of a picture its own bytes: whoever has it can compare. */
function markHash(mark: SignInput['mark']): string {
  return sha256Hex(mark.type === 'image' ? mark.image : JSON.stringify(mark));
}

function logOf(desk: Desk, job: Job): Json {
  const last = desk.archive.events(job.id).at(-1);
  return last === undefined ? null : { version: last.version, hash: last.hash };
}
