/** Whether whoever logged in is the signer who was called. */
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
  const nameMatch = compareNames(signer.name, person.name);
  if (signer.nationalId !== undefined && person.nationalId !== null)
    return signer.nationalId === person.nationalId
      ? ok({ matches: true, matchedBy: 'national-id', nameMatch })
      : otherPerson();
  const born =
    signer.birthDate ?? (signer.nationalId === undefined ? null : bornBy(signer.nationalId));
  if (born !== null && person.birthDate !== null) {
    if (born !== person.birthDate) return otherPerson();
    if (nameMatch === 'same')
      return ok({ matches: true, matchedBy: 'name-and-birth-date', nameMatch });
  }
  return ok({ matches: false, matchedBy: 'nothing', nameMatch });
}

/** However it is spaced, hyphenated or written in capitals. */
function compareNames(a: string, b: string): NameMatch {
  const plain = (name: string) =>
    name
      .normalize('NFC')
      .toLocaleLowerCase('nb')
      .split(/[\s-]+/)
      .filter(Boolean)
      .join(' ');
  return plain(a) === plain(b) ? 'same' : 'different';
}

function otherPerson() {
  return fail('eid.other-person', 'Somebody else logged in than the signer who was called.');
}
