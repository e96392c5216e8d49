/** The attack and the benign set as files in a folder, with what must be said of each. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pemOf } from '../../../electron/adapters/anchors.ts';
import { benignRevisions } from '../benign/benign.ts';
import type { BenignRevision, BenignRow } from '../benign/revision.ts';
import { authority } from '../signing.ts';
import type { AttackRow, Must } from './attack.ts';
import { variantsOf } from './attacks.ts';
import { containerAttacks, signedContainer } from './containers.ts';
import { makeTarget, targetNames } from './target.ts';
import type { TargetName } from './target.ts';

export interface WrittenAttack {
  readonly row: AttackRow;
  readonly name: string;
  readonly target: TargetName | 'container';
  readonly must: Must;
  readonly leavesSignatureWhole: boolean;
  readonly path: string;
}

export interface WrittenRevision extends Pick<BenignRevision, 'name' | 'beyondPyhanko'> {
  readonly row: BenignRow;
  readonly path: string;
}

/** The root they are to be trusted by, as PEM; its path. */
export function writeRoot(folder: string): string {
  const path = join(folder, 'root.pem');
  writeFileSync(path, pemOf(authority.root.certificate));
  return path;
}

/** Every variant of every attack on every target. */
export async function writeAttacks(folder: string): Promise<readonly WrittenAttack[]> {
  const written: WrittenAttack[] = [];
  mkdirSync(folder, { recursive: true });
  const write = (attack: Omit<WrittenAttack, 'path'>, bytes: Uint8Array): void => {
    const ending = attack.target === 'container' ? 'asice' : 'pdf';
    const number = String(written.length + 1).padStart(3, '0');
    const path = join(folder, `attack-${number}-${attack.row}.${ending}`);
    writeFileSync(path, bytes);
    written.push({ ...attack, path });
  };
  for (const name of targetNames)
    for await (const { bytes, ...variant } of variantsOf(await makeTarget(name)))
      write(variant, bytes);
  const container = await signedContainer();
  for (const { name, must, make } of containerAttacks) {
    const about = { row: 'containers', target: 'container', leavesSignatureWhole: false } as const;
    write({ ...about, name, must }, make(container));
  }
  return written;
}

/** Every benign revision. */
export async function writeBenign(folder: string): Promise<readonly WrittenRevision[]> {
  mkdirSync(folder, { recursive: true });
  const written: WrittenRevision[] = [];
  for (const { make, ...about } of benignRevisions) {
    const number = String(written.length + 1).padStart(2, '0');
    const path = join(folder, `benign-${number}-${about.row}.pdf`);
    writeFileSync(path, await make());
    written.push({ ...about, path });
  }
  return written;
}
