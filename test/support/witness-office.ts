/** Offices that exchange where their logs stand over folders. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { makeTrialSeal, signingKeyOf } from '../../electron/adapters/trial-pki.ts';
import type { CertificateRequest, TrialCertificate } from '../../electron/adapters/trial-pki.ts';
import type { AppPorts } from '../../electron/app.ts';
import { unlockWithPassphrase } from '../../electron/archive/keys.ts';
import { nameOids } from '../../electron/core/cms/name.ts';
import { signStatement, type WitnessFile } from '../../electron/desk/witness-files.ts';
import { witnessFileName } from '../../electron/desk/witness-folder.ts';
import { toPkcs12 } from '../../electron/eid/key-file-writing.ts';
import { unwrap } from '../../shared/result.ts';
import { passphrase, setUp, startDesk, type Client, type TestDesk } from './desk.ts';
import { authority } from './signing.ts';

export const sealWord = 'ord til nøkkelfilen';

const folder = mkdtempSync(join(tmpdir(), 'skranke-witness-'));
export const cleanUp = () => rmSync(folder, { recursive: true, force: true });
export const newFolder = (name: string): string => {
  const made = join(folder, `${name}-${readdirSync(folder).length}`);
  mkdirSync(made);
  return made;
};

/** An enterprise certificate as the test authority issues it. */
export function realSeal(
  name: string,
  number: string,
  changes: Partial<CertificateRequest> = {},
): TrialCertificate {
  const subject = [
    { oid: nameOids.organisation, value: name },
    { oid: nameOids.organisationIdentifier, value: `NTRNO-${number}` },
    { oid: nameOids.commonName, value: name },
  ];
  return authority.issue(subject, 'p-256', changes);
}

export const trialSeal = (name: string, number: string): TrialCertificate =>
  makeTrialSeal({ organisation: name, organisationNumber: number, now: new Date() });

export interface TestOffice {
  readonly name: string;
  readonly number: string;
  readonly desk: TestDesk;
  readonly clerk: Client;
  readonly recoveryCode: string;
  readonly seal: TrialCertificate | null;
  readonly folders: { readonly in: string; readonly out: string };
}

export async function newOffice(
  name: string,
  number: string,
  folders: TestOffice['folders'],
  kind: 'real' | 'trial' = 'real',
  ports: Partial<AppPorts> = {},
): Promise<TestOffice> {
  const home = join(newFolder('home'), 'home');
  const desk = startDesk({ background: false, home, ...ports });
  const clerk = desk.visit();
  const recoveryCode = await setUp(clerk);
  const organisation = { organisation: name, organisationNumber: number };
  await clerk.call('settings.organisation', { ...organisation, sector: 'public' });
  const seal = kind === 'real' ? realSeal(name, number) : null;
  if (seal === null) await clerk.call('settings.trialSeal', {});
  else await useSeal(clerk, seal);
  await clerk.call('settings.witness', { folders });
  return { name, number, desk, clerk, recoveryCode, seal, folders };
}

export async function useSeal(clerk: Client, seal: TrialCertificate): Promise<void> {
  const bytes = toPkcs12({
    key: seal.key.privateKey,
    chain: [seal.certificate, ...seal.chain],
    passphrase: sealWord,
  });
  await clerk.call('settings.sealFromKeyFile', {
    bytes: new Uint8Array(bytes),
    passphrase: sealWord,
  });
}

export async function archiveKey(home: string): Promise<Uint8Array> {
  const { users } = JSON.parse(readFileSync(join(home, 'profile.json'), 'utf8')) as {
    users: { id: string }[];
  };
  return unwrap(await unlockWithPassphrase(home, users[0]?.id ?? '', passphrase));
}

export async function signIn(desk: TestDesk): Promise<Client> {
  const clerk = desk.visit();
  await clerk.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
  return clerk;
}

export function filesIn(
  of: string,
): readonly { readonly name: string; readonly file: WitnessFile }[] {
  return readdirSync(of)
    .sort()
    .map((name) => ({
      name,
      file: JSON.parse(readFileSync(join(of, name), 'utf8')) as WitnessFile,
    }));
}

/** A statement signed with whatever seal a test wants. */
export async function forged<S extends WitnessFile['statement']>(
  statement: S,
  seal: TrialCertificate,
): Promise<{ statement: S; signature: string }> {
  return unwrap(await signStatement(statement, signingKeyOf(seal), nodeCrypto));
}

export { witnessFileName };
