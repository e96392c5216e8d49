/** A desk that is set up for the stand-in: certificate, trust, and a service that is on. */
import { pemOf } from '../../../electron/adapters/anchors.ts';
import { toPkcs12 } from '../../../electron/adapters/trial-pki.ts';
import type { JobPlace } from '../../../shared/job/remote.ts';
import type { SignerSpec } from '../../../shared/job/job.ts';
import { emptySpec } from '../../../shared/job/job.ts';
import { aSigner, makeDraft, type Client } from '../desk.ts';
import { numbers } from './sync-scene.ts';
import type { StandIn } from './stand-in.ts';

/** As `setUp` of the test desk gives it. */
export const deskOrganisation = '123456785';
export const filePassphrase = 'åpne virksomheten';

/** The enterprise certificate of the desk's organisation, under the stand-in's authority. */
export function enterpriseKeyFile(
  service: StandIn,
  organisation: string = deskOrganisation,
): Uint8Array {
  const { key, certificate, chain } = service.issue(organisation);
  return toPkcs12({
    ...{ key: key.privateKey, passphrase: filePassphrase },
    chain: [certificate, ...chain.slice(0, -1)],
  });
}

export async function usePosten(admin: Client, service: StandIn): Promise<void> {
  const bytes = new Uint8Array(enterpriseKeyFile(service));
  await admin.call('settings.postenKeyFile', { bytes, passphrase: filePassphrase });
  await admin.call('settings.putPosten', {
    ...{ on: true, environment: 'own', root: service.environment.root, sender: '' },
    authorities: service.authorities.map((der) => pemOf(der)),
  });
}

export function postenSigner(name: string, index = 0, more: Partial<SignerSpec> = {}): SignerSpec {
  return aSigner(name, 0, {
    ...{ kind: 'authenticated', nationalId: numbers[index] ?? numbers[0] },
    contact: { by: 'number', email: `person${index}@example.org` },
    ...more,
  });
}

/** A draft for the service; answers its id. */
export async function postenDraft(
  clerk: Client,
  place: JobPlace,
  signers: readonly SignerSpec[] = [postenSigner('Kari Nordmann')],
): Promise<string> {
  const { job, documents } = await makeDraft(clerk, signers);
  const { job: now } = await clerk.call('job.get', { job });
  await clerk.call('job.edit', {
    ...{ job, version: now.version, titles: {}, order: documents.map(({ id }) => id) },
    spec: { ...emptySpec, title: 'Leieavtale', signers, place } as never,
  });
  return job;
}
