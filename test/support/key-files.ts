/** Key files on disk for runs of the command line: an issuer's root and signers under it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pemOf } from '../../electron/adapters/anchors.ts';
import { makeTrialAuthority } from '../../electron/adapters/trial-pki.ts';
import type {
  CertificateRequest,
  TrialAuthority,
  TrialKeyType,
} from '../../electron/adapters/trial-pki.ts';
import { toPkcs12 } from '../../electron/eid/key-file-writing.ts';

export interface KeyFile {
  readonly file: string;
  readonly passphraseFile: string;
}

export interface KeyFiles {
  /** PEM. */
  readonly root: string;
  readonly authority: TrialAuthority;
  /** `changes`: what its certificate says beyond the ordinary. */
  make(name: string, type: TrialKeyType, changes?: Partial<CertificateRequest>): KeyFile;
}

/** A two-certificate chain below a root, as the field's issuers have it. */
export function makeKeyFiles(
  folder: string,
  name: string,
  authority: TrialAuthority = makeTrialAuthority({ name, now: new Date() }),
): KeyFiles {
  const root = join(folder, 'root.pem');
  writeFileSync(root, pemOf(authority.root.certificate));
  const passphrase = 'nøkkel til prøve';
  const passphraseFile = join(folder, 'passphrase.txt');
  writeFileSync(passphraseFile, `${passphrase}\n`);
  return {
    root,
    authority,
    make(subject, type, changes = {}) {
      const leaf = authority.issue(subject, type, changes);
      const file = join(folder, `${subject.replace(/\W+/g, '-').toLowerCase()}.p12`);
      writeFileSync(
        file,
        toPkcs12({
          key: leaf.key.privateKey,
          chain: [leaf.certificate, ...leaf.chain.slice(0, -1)],
          passphrase,
        }),
      );
      return { file, passphraseFile };
    },
  };
}
