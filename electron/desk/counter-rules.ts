/** What the office takes as proof of who somebody is (DOMAIN.md, the kiosk, step 2). */
import { identityDocuments } from '../../shared/job/identity-document.ts';
import type { IdentityCheck } from '../../shared/job/job.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { IdentityRules } from '../../shared/rpc/views-counter.ts';
import type { Desk } from './desk.ts';
import { settingsOf } from './settings-store.ts';

/** Everything, until an administrator has decided otherwise. */
const everything: IdentityRules = { documents: identityDocuments, known: true };

export function identityRules(desk: Pick<Desk, 'archive'>): Result<IdentityRules> {
  return ok(settingsOf(desk.archive).get('identityRules') ?? everything);
}

export function putIdentityRules(
  desk: Desk,
  input: ParsedOf<'settings.putIdentityRules'>,
  actor: string,
): Result<IdentityRules> {
  // In the order in which they are always listed, each once.
  const documents = identityDocuments.filter((one) => input.documents.includes(one));
  if (documents.length === 0 && !input.known)
    return fail('identity-rules.nothing', 'Nobody could be called to the counter.');
  settingsOf(desk.archive).put('identityRules', { documents, known: input.known }, actor);
  return identityRules(desk);
}

/** Whether a clerk may rely on this check here. A login is decided by its level, not by this. */
export function allowedHere(desk: Pick<Desk, 'archive'>, check: IdentityCheck): Result<null> {
  const rules = settingsOf(desk.archive).get('identityRules') ?? everything;
  if (check.method === 'known' && !rules.known)
    return fail('identity-check.known', 'The office does not take people on a clerk’s word.');
  if (check.method !== 'document' || check.documentType === undefined) return ok(null);
  return rules.documents.includes(check.documentType)
    ? ok(null)
    : fail('identity-check.document', 'The office does not take this kind of document.');
}
