/** Containers for EU DSS: both kinds, every level, every algorithm that XML signatures have a name for. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { httpRevocation } from '../../electron/adapters/http-revocation.ts';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { makeCertificate, makeKeyPair, signingKeyOf } from '../../electron/adapters/trial-pki.ts';
import { startTrialRevocation } from '../../electron/adapters/trial-revocation-server.ts';
import { trialTimestamps } from '../../electron/adapters/trial-timestamp-authority.ts';
import { extendContainer } from '../../electron/core/asice/extend-container.ts';
import { signContainer } from '../../electron/core/asice/sign-container.ts';
import { verifyContainer } from '../../electron/core/asice/verify-container.ts';
import { unwrap } from '../../shared/result.ts';
import { containerFiles } from '../support/attacks/containers.ts';
import type { KeyFiles } from '../support/key-files.ts';
import type { InteropFile } from './files.ts';

const levels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;
const algorithms = ['rsa-2048', 'p-256', 'p-384'] as const;

export async function makeContainers(
  folder: string,
  { authority }: KeyFiles,
): Promise<readonly InteropFile[]> {
  const { root } = authority;
  const clock = systemClock;
  // DSS calls a level LT only where every certificate below the root has an answer.
  const above = await startTrialRevocation({ issuer: root, clock });
  const issuing = makeCertificate({
    subject: 'Interop Issuing CA for containers',
    key: makeKeyPair('p-256'),
    issuer: root,
    notBefore: new Date(clock.now().getTime() - 60_000),
    notAfter: new Date(clock.now().getTime() + 1e11),
    ca: { pathLength: 0 },
    keyUsage: ['keyCertSign', 'cRLSign'],
    ocspUrls: [above.ocspUrl],
  });
  const issuer = await startTrialRevocation({ issuer: issuing, clock });
  const issue = (
    subject: string,
    type: Parameters<typeof makeKeyPair>[0],
    more: Partial<Parameters<typeof makeCertificate>[0]> = {},
  ) =>
    makeCertificate({
      ...{ subject, key: makeKeyPair(type), issuer: issuing },
      notBefore: new Date(clock.now().getTime() - 60_000),
      notAfter: new Date(clock.now().getTime() + 1e10),
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      ocspUrls: [issuer.ocspUrl],
      ...more,
    });
  const anchors = [root.certificate];
  const made: InteropFile[] = [];
  const put = async (name: string, container: Uint8Array, timestamps: number): Promise<void> => {
    const path = join(
      folder,
      `container-${made.length + 1}.${name.startsWith('ASiC-S') ? 'asics' : 'asice'}`,
    );
    writeFileSync(path, container);
    const options = { file: name, anchors, at: clock.now() };
    const report = unwrap(
      await verifyContainer(container, options, { crypto: nodeCrypto, revocation }),
    );
    made.push({
      level: `XAdES-BASELINE-${name.slice(name.lastIndexOf('-') + 1)}`,
      ...{ name, path, timestamps, signatures: timestamps + 1, pdfa: false, container: true },
      ours: report.signatures.every(({ level }) => name.endsWith(level))
        ? report.indication
        : `${report.indication} ${report.signatures.map(({ level }) => level).join(' ')}`,
    });
  };
  const revocation = httpRevocation({
    ...{ clock, crypto: nodeCrypto, random: nodeRandom },
    ...{ timeoutMs: 30_000, budgetMs: 60_000 },
  });
  const stamper = issue('Interop Time', 'p-256', {
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.8'], critical: true },
  });
  const timestamps = trialTimestamps({ ...stamper, clock });
  const ports = { crypto: nodeCrypto, clock, revocation, timestamps };
  for (const type of ['extended', 'simple'] as const)
    for (const algorithm of type === 'extended' ? algorithms : algorithms.slice(0, 1)) {
      const signer = issue(`Interop ${algorithm}`, algorithm);
      const files = type === 'simple' ? containerFiles.slice(0, 1) : containerFiles;
      const time = { at: clock.now(), zoneOffset: 60 };
      const base = unwrap(
        await signContainer(type, files, signingKeyOf(signer), time, { crypto: nodeCrypto }),
      );
      for (const [index, level] of levels.entries()) {
        const name = `ASiC-${type === 'simple' ? 'S' : 'E'} ${algorithm} ${level}`;
        const raised =
          level === 'B-B' ? base : unwrap(await extendContainer(base, { level, anchors }, ports));
        await put(name, raised, [0, 1, 1, 2][index] ?? 0);
      }
      if (algorithm !== 'rsa-2048') continue;
      const lta = unwrap(await extendContainer(base, { level: 'B-LTA', anchors }, ports));
      const renewed = unwrap(
        await extendContainer(lta, { level: 'B-LTA', anchors, digest: 'sha512' }, ports),
      );
      await put(`ASiC-${type === 'simple' ? 'S' : 'E'} renewed B-LTA`, renewed, 3);
    }
  await issuer.close();
  await above.close();
  return made;
}
