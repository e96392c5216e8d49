/** Order groups 0–9: equal numbers sign in parallel. On screen: a list, where one may go with the one above. */
import type { SignerSpec } from '../../../shared/job/job.ts';

export const lastGroup = 9;

/** In the order they sign; those of one group in the clerk's order. */
export function inOrder(signers: readonly SignerSpec[]): readonly SignerSpec[] {
  return signers.toSorted((a, b) => a.order - b.order);
}

export function isTogether(signers: readonly SignerSpec[], index: number): boolean {
  const before = signers[index - 1];
  return before !== undefined && before.order === signers[index]?.order;
}

/** Numbers the groups anew, 1 and up; past the last group everybody signs together. */
export function numbered(
  signers: readonly SignerSpec[],
  together: readonly boolean[],
): readonly SignerSpec[] {
  let group = 0;
  return signers.map((signer, index) => {
    if (index === 0 || together[index] !== true) group = Math.min(lastGroup, group + 1);
    return signer.order === group ? signer : { ...signer, order: group };
  });
}

const togetherOf = (signers: readonly SignerSpec[]) =>
  signers.map((_, index) => isTogether(signers, index));

/** The list with signer `id` moved to place `to`; a moved one signs by itself. */
export function moved(
  signers: readonly SignerSpec[],
  id: string,
  to: number,
): readonly SignerSpec[] {
  const from = signers.findIndex((signer) => signer.id === id);
  const signer = signers[from];
  if (signer === undefined || to < 0 || to >= signers.length || from === to) return signers;
  const list = [...signers];
  const together = togetherOf(signers);
  // Whoever was with the one that leaves stands alone or with the one before that.
  const follower = together[from + 1];
  list.splice(from, 1);
  together.splice(from, 1);
  if (follower === true && together[from] !== undefined) together[from] = false;
  list.splice(to, 0, signer);
  together.splice(to, 0, false);
  return numbered(list, together);
}

export function setTogether(
  signers: readonly SignerSpec[],
  index: number,
  on: boolean,
): readonly SignerSpec[] {
  const together = togetherOf(signers);
  together[index] = on;
  return numbered(signers, together);
}

export function without(signers: readonly SignerSpec[], id: string): readonly SignerSpec[] {
  const together = togetherOf(signers);
  const at = signers.findIndex((signer) => signer.id === id);
  if (at < 0) return signers;
  const follower = together[at + 1];
  together.splice(at, 1);
  if (follower === true && together[at] !== undefined) together[at] = false;
  return numbered(
    signers.filter((signer) => signer.id !== id),
    together,
  );
}
