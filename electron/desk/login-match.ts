/** Whether whoever logged in is the signer who was called. */
import { nameMatch } from '../../shared/job/name-match.ts';
import type { SignerSpec } from '../../shared/job/job.ts';
import type { LoginProof, NameMatch } from '../../shared/job/proof.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { bornBy, type LoginPerson } from '../eid/login/person.ts';

export interface LoginMatch extends Pick<LoginProof, 'matchedBy' | 'nameMatch'> {
  /** False: the clerk compares and decides. */
  readonly matches: boolean;
}

/** The number where both have one; else name and birth date; else it is the clerk's to say. */
export function matchLogin(
  signer: Pick<SignerSpec, 'name' | 'birthDate' | 'nationalId'>,
  person: LoginPerson,
): Result<LoginMatch> {
  const names: NameMatch = person.name === '' ? 'different' : nameMatch(signer.name, person.name);
  if (signer.nationalId !== undefined && person.nationalId !== null)
    return signer.nationalId === person.nationalId
      ? ok({ matches: true, matchedBy: 'national-id', nameMatch: names })
      : otherPerson();
  const born =
    signer.birthDate ?? (signer.nationalId === undefined ? null : bornBy(signer.nationalId));
  if (born !== null && person.birthDate !== null) {
    if (born !== person.birthDate) return otherPerson();
    if (names === 'same')
      return ok({ matches: true, matchedBy: 'name-and-birth-date', nameMatch: names });
  }
  return ok({ matches: false, matchedBy: 'nothing', nameMatch: names });
}

function otherPerson() {
  return fail('eid.other-person', 'Somebody else logged in than the signer who was called.');
}
