/**
 * What talks to the service, in a thread of its own: packing, sealing, checking and storing take their time,
 * and the network takes longer. The client is kept from one round to the next, for its pace is in it.
 */
import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { PostenCheck } from '../../shared/rpc/views-posten.ts';
import { nodeSigningKey } from '../adapters/node-signing-key.ts';
import { writeWholeFile } from '../adapters/whole-file.ts';
import { packForService } from '../core/asice/service-package.ts';
import { createPostenClient } from '../posten/client.ts';
import { checkEnterpriseCertificate } from '../posten/enterprise-certificate.ts';
import type { EnterpriseCredentials } from '../posten/enterprise-certificate.ts';
import type { PostenClient } from '../posten/operations.ts';
import type { PaceClock } from '../posten/pace.ts';
import type { Polls } from '../posten/sync/ports.ts';
import { createSync } from '../posten/sync/sync.ts';
import type { Round } from '../posten/sync/ports.ts';
import type { Update } from '../posten/sync/update.ts';
import { sha256Hex, type Act, type Desk } from './desk.ts';
import type { HeldSealKey } from './held-seal-key.ts';
import { environmentOf, postenOf, senderOf } from './posten-settings.ts';
import { exitOf } from './service-visits.ts';
import { fromBase64 } from './seal.ts';
import { settingsOf } from './settings-store.ts';

interface WithKey {
  readonly key: HeldSealKey;
}

interface Opened {
  readonly of: string;
  readonly client: PostenClient;
  readonly credentials: EnterpriseCredentials;
}

let opened: Opened | null = null;

/** Waiting is measured by the machine's uptime: no change of its clock shortens it. */
const paceClock: PaceClock = {
  now: () => new Date(uptime() * 1000),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

function open(desk: Desk, key: HeldSealKey): Result<Opened> {
  const posten = postenOf(desk);
  const { certificate } = posten;
  if (certificate === null || sha256Hex(fromBase64(certificate.certificate)) !== key.certificate)
    return fail('posten.locked', 'The enterprise certificate is locked.');
  const { sector } = settingsOf(desk.archive).get('organisation');
  const of = JSON.stringify([posten, senderOf(desk), sector]);
  if (opened?.of === of) return ok(opened);
  opened?.client.close();
  const chain = certificate.chain.map(fromBase64);
  const credentials: EnterpriseCredentials = {
    certificate: fromBase64(certificate.certificate),
    chain,
    privateKey: createPrivateKey({ key: Buffer.from(key.pkcs8), format: 'der', type: 'pkcs8' }),
  };
  const signingKey = nodeSigningKey(credentials);
  const client = createPostenClient({
    ...{ environment: environmentOf(posten), credentials, sector, paceClock },
    // The issuers of our own certificate are often the service's, too.
    authorities: [...posten.authorities.map(fromBase64), ...chain],
    pack: (input) => packForService(input, signingKey, desk.crypto),
    clock: { now: () => desk.clock.now(), sleep: paceClock.sleep },
    ...(posten.share === undefined
      ? {}
      : { share: { of: posten.share.of, place: posten.share.number - 1 } }),
    sender: senderOf(desk),
    userAgent: `skranke/${desk.version}`,
  });
  opened = { of, client, credentials };
  return ok(opened);
}

/** Poll times outlive the program: a restart must not ask too early. */
function pollsIn(home: string): Polls {
  const path = join(home, 'posten-polls.json');
  const read = (): Record<string, string> => {
    try {
      return existsSync(path)
        ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>)
        : {};
    } catch {
      return {};
    }
  };
  return {
    get: (flow) => read()[flow] ?? null,
    set: (flow, at) => writeWholeFile(path, JSON.stringify({ ...read(), [flow]: at })),
  };
}

export interface RoundReport extends Round {
  readonly changed: readonly string[];
  readonly strangers: readonly Update[];
}

/** `adopt`: news of a job that has been taken in since it came. */
export async function postenRound(
  desk: Desk,
  { key, adopt }: WithKey & { readonly adopt?: Update },
  _act: Act,
): Promise<Result<RoundReport>> {
  const client = open(desk, key);
  if (!client.ok) return client;
  const changed = new Set<string>();
  const strangers: Update[] = [];
  const posten = postenOf(desk);
  const sync = createSync({
    ...{ archive: desk.archive, clock: desk.clock, crypto: desk.crypto, sender: senderOf(desk) },
    client: client.value.client,
    queue: posten.queue ?? '',
    sector: settingsOf(desk.archive).get('organisation').sector,
    anchors: () => settingsOf(desk.archive).get('anchors').map(fromBase64),
    exit: (reference) => exitOf(settingsOf(desk.archive).get('eid').port, reference),
    polls: pollsIn(desk.archive.home),
    changed: (job) => changed.add(job),
    stranger: (update) => strangers.push(update),
  });
  if (adopt !== undefined) await sync.take(adopt);
  const round = await sync.round();
  return ok({ ...round, changed: [...changed], strangers });
}

export async function postenRedirect(
  desk: Desk,
  { key, signerUrl }: WithKey & { readonly signerUrl: string },
  _act: Act,
): Promise<Result<{ readonly url: string }>> {
  const client = open(desk, key);
  if (!client.ok) return client;
  const fresh = await client.value.client.direct.newRedirectUrl({ signerUrl });
  return fresh.ok ? ok({ url: fresh.value.redirectUrl }) : fresh;
}

const untrusted = ['posten.untrusted-server'];
const network = ['posten.unreachable', 'posten.timeout', 'posten.blocked'];

/** Each thing by itself, so that whoever reads it knows whom to call. */
export async function checkPosten(
  desk: Desk,
  { key }: WithKey,
  _act: Act,
): Promise<Result<readonly PostenCheck[]>> {
  const client = open(desk, key);
  if (!client.ok) return client;
  const posten = postenOf(desk);
  const context = { now: desk.clock.now(), environment: environmentOf(posten) };
  const authorities = [...posten.authorities.map(fromBase64), ...client.value.credentials.chain];
  const facts = checkEnterpriseCertificate(client.value.credentials, { ...context, authorities });
  if (!facts.ok) return ok(checksTo('certificate', facts.error));
  const own = settingsOf(desk.archive).get('organisation').number;
  if (facts.value.organisation !== own)
    return ok(
      checksTo(
        'name',
        fail('posten.other-organisation', 'The certificate is of another organisation.', {
          certificate: facts.value.organisation,
          organisation: own,
        }).error,
      ),
    );
  const there = await client.value.client.whoAmI(senderOf(desk));
  if (there.ok) return ok(checksTo(null, null));
  const { code } = there.error;
  if (untrusted.includes(code)) return ok(checksTo('trust', there.error));
  return ok(checksTo(network.includes(code) ? 'network' : 'agreement', there.error));
}

const order = ['certificate', 'name', 'network', 'trust', 'agreement'] as const;

/** Those before are right; those after could not be looked at. */
function checksTo(
  wrong: PostenCheck['of'] | null,
  failure: PostenCheck['failure'],
): readonly PostenCheck[] {
  const at = wrong === null ? order.length : order.indexOf(wrong);
  return order.map((of, index) => ({
    ...{ of, ok: index < at, failure: index === at ? failure : null },
  }));
}
