/** Two clerks, where the office wants it: a simple signature rests on an identity check alone. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { IdentityCheck, SignatureKindWanted } from '../../shared/job/job.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { allowedHere } from './counter-rules.ts';
import type { Desk } from './desk.ts';
import type { Screen } from './screen.ts';
import { settingsOf } from './settings-store.ts';

type Second = ParsedOf<'session.handOver'>['second'];

/** The identity check, if the office takes it, with the other clerk in it once their PIN was right. */
export async function withSecond(
  desk: Desk,
  checkPin: Screen['checkPin'],
  asked: {
    readonly clerk: string;
    readonly kind: SignatureKindWanted | undefined;
    readonly second: Second;
  },
  check: IdentityCheck,
): Promise<Result<IdentityCheck>> {
  const { clerk, kind, second } = asked;
  const allowed = allowedHere(desk, check);
  if (!allowed.ok) return allowed;
  const wanted = settingsOf(desk.archive).get('counter').twoClerks && kind === 'simple';
  if (second === undefined)
    return wanted ? fail('second-clerk.missing', 'A second clerk has to confirm.') : ok(check);
  if (second.user === clerk) return fail('second-clerk.same', 'It has to be somebody else.');
  const other = desk.archive.users().find(({ id }) => id === second.user);
  if (other === undefined || !other.active || !other.roles.includes('handler'))
    return fail('second-clerk.unknown', 'No other clerk of that name.');
  const right = await checkPin(other.id, second.pin);
  return right.ok ? ok({ ...check, second: { user: other.id, name: other.name } }) : right;
}
