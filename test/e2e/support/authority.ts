/** A timestamp authority of our own beside the program, and the root that makes it trusted. */
import { pemOf } from '../../../electron/adapters/anchors.ts';
import { systemClock } from '../../../electron/adapters/system-clock.ts';
import { makeTrialAuthority } from '../../../electron/adapters/trial-pki.ts';
import type { TrialAuthority } from '../../../electron/adapters/trial-pki.ts';
import { startTrialTimestampAuthority } from '../../../electron/adapters/trial-timestamp-authority.ts';
import { toPkcs12 } from '../../../electron/eid/key-file-writing.ts';

export interface LocalAuthority {
  readonly url: string;
  /** PEM. */
  readonly root: string;
  readonly issuer: TrialAuthority;
  close(): Promise<void>;
}

export async function startAuthority(port = 0): Promise<LocalAuthority> {
  const issuer = makeTrialAuthority({ name: 'Fjellvik Prøve', now: systemClock.now() });
  const running = await startTrialTimestampAuthority({
    ...issuer.issueTimestamper('Fjellvik Tidsstempel'),
    ...{ clock: systemClock, port },
  });
  return {
    url: running.url,
    root: pemOf(issuer.root.certificate),
    issuer,
    close: () => running.close(),
  };
}

/** What an office gets from its issuer: key and chain in one file behind a passphrase. */
export function sealFile(issuer: TrialAuthority, passphrase: string): Buffer {
  const seal = issuer.issue([
    { oid: '2.5.4.6', value: 'NO' },
    { oid: '2.5.4.10', value: 'Fjellvik kommune' },
    { oid: '2.5.4.97', value: 'NTRNO-974760673' },
    { oid: '2.5.4.3', value: 'Fjellvik kommune' },
  ]);
  const chain = [seal.certificate, ...seal.chain];
  return Buffer.from(toPkcs12({ key: seal.key.privateKey, chain, passphrase }));
}
