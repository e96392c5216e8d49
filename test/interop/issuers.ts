/** A chain in which everybody can be asked about but the root, as real ones are: what DSS calls LT needs it. */
import { systemClock } from '../../electron/adapters/system-clock.ts';
import {
  makeCertificate,
  makeKeyPair,
  makeTrialAuthority,
} from '../../electron/adapters/trial-pki.ts';
import type { TrialAuthority } from '../../electron/adapters/trial-pki.ts';
import { startTrialRevocation } from '../../electron/adapters/trial-revocation-server.ts';

export interface AnsweringIssuers {
  readonly authority: TrialAuthority;
  /** Where the intermediate answers about what it issued. */
  readonly ocsp: string;
  close(): Promise<void>;
}

export async function startIssuers(name: string): Promise<AnsweringIssuers> {
  const plain = makeTrialAuthority({ name, now: systemClock.now() });
  const { root } = plain;
  const aboveAll = await startTrialRevocation({ issuer: root, clock: systemClock });
  const day = 24 * 60 * 60 * 1000;
  const now = systemClock.now().getTime();
  const intermediate = makeCertificate({
    ...{ subject: `${name} Answering CA`, key: makeKeyPair('p-256'), issuer: root },
    ...{ notBefore: new Date(now - day), notAfter: new Date(now + 3650 * day) },
    ...{ ca: { pathLength: 0 }, keyUsage: ['keyCertSign', 'cRLSign'] },
    ocspUrls: [aboveAll.ocspUrl],
  });
  const below = await startTrialRevocation({ issuer: intermediate, clock: systemClock });
  const issue: TrialAuthority['issue'] = (subject, type, changes = {}) =>
    plain.issue(subject, type, { issuer: intermediate, ...changes });
  const authority: TrialAuthority = {
    ...{ root, intermediate, issue },
    issueTimestamper: (subject = `${name} Time`, type = 'p-256') =>
      issue(subject, type, {
        keyUsage: ['digitalSignature'],
        extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.8'], critical: true },
        notAfter: new Date(now + 1825 * day),
        ocspUrls: [below.ocspUrl],
      }),
  };
  return {
    authority,
    ocsp: below.ocspUrl,
    async close() {
      await aboveAll.close();
      await below.close();
    },
  };
}
