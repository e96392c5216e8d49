/** Where the desk meets national identity numbers: whose they are, and where they must not stand. */
import { idnr } from '@navikt/fnrvalidator';
import type { Job, JobSpec, SignerSpec } from '../../shared/job/job.ts';
import {
  agreesWithBirthDate,
  judgeNationalId,
  nationalIdsIn,
  withoutNationalIds,
  type CheckDigits,
} from '../../shared/national-id.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Desk } from './desk.ts';
import { sealOf } from './seal.ts';

const check: CheckDigits = (digits) => {
  const judged = idnr(digits);
  return judged.status === 'valid' ? { reasons: [] } : judged;
};

/**
 * Numbers made to test with pass only while nothing that is signed here proves anything: without a
 * seal, or with a trial seal. With a real one they would name a person who does not exist.
 */
export function isTestMode(desk: Pick<Desk, 'archive'>): boolean {
  return sealOf(desk)?.trial ?? true;
}

/**
 * A specification as it is to be stored. Refuses `signer.national-id-wrong`,
 * `signer.national-id-synthetic`, `signer.birth-date-differs` (of which signer), and
 * `job.national-id-in-text` (in which text): those texts go into file names, lists and other systems.
 */
export function checkNationalIds(
  desk: Pick<Desk, 'archive'>,
  spec: JobSpec,
  titles: Readonly<Record<string, string>> = {},
): Result<null> {
  for (const [index, signer] of spec.signers.entries()) {
    const wrong = wrongNumber(desk, signer, index + 1);
    if (wrong !== null) return wrong;
  }
  const { title, nonSensitiveTitle, reference, caseNumber, documentType } = spec;
  const { journalEntry = '', accessCode = '', accessBasis = '' } = spec;
  const { shieldedTitle = '', recordsUnit = '' } = spec;
  const texts = {
    ...{ title, nonSensitiveTitle, reference, caseNumber, documentType },
    ...{ journalEntry, accessCode, accessBasis, shieldedTitle, recordsUnit },
  };
  for (const [field, text] of [
    ...Object.entries(texts),
    ...Object.values(titles).map((text) => ['documentTitle', text] as const),
    ...spec.signers.flatMap(({ name, title: of, forWhom = '' }) =>
      [name, of, forWhom].map((text) => ['signer', text] as const),
    ),
  ]) {
    const refused = refuseNationalId(text, field);
    if (refused !== null) return refused;
  }
  return ok(null);
}

/** Asked again when the job opens: the office may have a real seal by now. */
export function checkJobNumbers(desk: Pick<Desk, 'archive'>, job: Job): Result<null> {
  const titles = Object.fromEntries(job.documents.map(({ id, title }) => [id, title]));
  return checkNationalIds(desk, job.spec, titles);
}

/** Null where there is none; the refusal never repeats the text. */
export function refuseNationalId(text: string, field: string): ReturnType<typeof fail> | null {
  if (nationalIdsIn(text, check).length === 0) return null;
  return fail('job.national-id-in-text', 'A national identity number does not belong here.', {
    field,
  });
}

/** For names that come with a file and are not typed: what stays is the birth date. */
export function maskNationalIds(text: string): string {
  return withoutNationalIds(text, check);
}

function wrongNumber(
  desk: Pick<Desk, 'archive'>,
  { nationalId, birthDate }: SignerSpec,
  number: number,
): ReturnType<typeof fail> | null {
  if (nationalId === undefined) return null;
  const judged = judgeNationalId(nationalId, check);
  if (judged.kind === 'wrong')
    return fail('signer.national-id-wrong', 'It is no national identity number.', { number });
  if (judged.kind === 'synthetic' && !isTestMode(desk))
    return fail('signer.national-id-synthetic', 'That number is made to test with.', {
      ...{ number, by: judged.by },
    });
  if (birthDate !== undefined && !agreesWithBirthDate(nationalId, birthDate))
    return fail('signer.birth-date-differs', 'Number and birth date are not the same birth.', {
      number,
    });
  return null;
}
