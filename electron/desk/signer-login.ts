/** A signer proves by an e-ID login who they are: the proof of an authenticated signature. */
import type { SignerStatus } from '../../shared/job/job.ts';
import type { LoginProof } from '../../shared/job/proof.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import type { SignerLoginView } from '../../shared/rpc/views-eid.ts';
import type { FinishedLogin } from '../eid/login/finish-login.ts';
import type { LoginProvider } from '../eid/login/provider.ts';
import type { Caller } from '../rpc/router.ts';
import { perform, type Desk } from './desk.ts';
import { providerOf, providersShown } from './eid-settings.ts';
import { matchLogin } from './login-match.ts';
import type { LoginRequest, Logins } from './logins.ts';
import { settingsOf } from './settings-store.ts';
import { boundTo } from './signing.ts';

/** DOMAIN, the kiosk: read and confirmed first; the login is the last step before signing. */
export async function beginSignerLogin(
  desk: Desk,
  logins: Logins,
  caller: Caller,
  wanted: string | undefined,
): Promise<Result<{ readonly go: string | null }>> {
  const bound = boundTo(desk, caller);
  if (!bound.ok) return bound;
  const { job, signer } = bound.value;
  if (signer.kind !== 'authenticated')
    return fail('signing.other-kind', 'Another kind of signature was asked for.');
  if (job.state !== 'open' || job.atKiosk === null)
    return fail('job.not-at-kiosk', 'The signer has not been handed the kiosk.');
  if (job.atKiosk.confirmed === null)
    return fail('signing.not-confirmed', 'The signer has not confirmed the text.');
  const eid = settingsOf(desk.archive).get('eid');
  const provider = providerOf(eid, wanted);
  if (!provider.ok) return provider;
  const request: LoginRequest = {
    client: caller.client,
    provider: provider.value,
    level: levelOf(signer),
    language: signer.language,
    port: eid.port,
    settle: (outcome) => settle(desk, job.id, signer, provider.value, outcome),
  };
  return logins.begin(request);
}

export function signerLogin(desk: Desk, logins: Logins, caller: Caller): Result<SignerLoginView> {
  const bound = boundTo(desk, caller);
  if (!bound.ok) return bound;
  const { job, signer } = bound.value;
  return ok({
    ...logins.view(caller.client),
    providers: providersShown(settingsOf(desk.archive).get('eid')),
    level: levelOf(signer),
    confirmed: job.state === 'open' && (job.atKiosk?.confirmed ?? null) !== null,
  });
}

function levelOf(signer: SignerStatus): 3 | 4 {
  return signer.level ?? 3;
}

/** Written down either way: who logged in, or that nobody did whom we could believe. */
function settle(
  desk: Desk,
  job: string,
  signer: SignerStatus,
  provider: LoginProvider,
  outcome: Result<FinishedLogin>,
): Result<unknown> {
  const proved = outcome.ok ? proofOf(signer, provider, outcome.value) : outcome;
  const actor = `signer:${signer.id}`;
  if (proved.ok) return perform(desk, job, actor, [{ type: 'give-proof', ...proved.value }]);
  // Whoever turns back at the provider's door has shown nothing.
  if (proved.error.code !== 'eid.cancelled')
    perform(desk, job, actor, [
      { type: 'refuse-proof', signer: signer.id, means: 'login', ...refusal(proved.error) },
    ]);
  return proved;
}

function refusal({ code, detail = {} }: Failure) {
  const plain = Object.entries(detail).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  return plain.length === 0 ? { code } : { code, detail: Object.fromEntries(plain) };
}

function proofOf(signer: SignerStatus, { kind }: LoginProvider, login: FinishedLogin) {
  const matched = matchLogin(signer, login.person);
  if (!matched.ok) return matched;
  const { matches, matchedBy, nameMatch } = matched.value;
  const { person, idToken, idTokenSha256: id, keys, keysSha256 } = login;
  const { issuer, acr, level, authenticatedAt, receivedAt } = login;
  const proof: LoginProof = {
    ...{ means: 'login', id, provider: kind, issuer, acr, level, name: person.name },
    ...(person.birthDate === null ? {} : { birthDate: person.birthDate }),
    ...{ matchedBy, nameMatch, authenticatedAt, receivedAt, idToken, keys, keysSha256 },
  };
  return ok({ signer: signer.id, proof, matches });
}
